import type { InputFile } from '../core/proposal.ts';

/** The files of the open workspace as the agent may see them. Every path is relative, with `/`. */
export interface WorkspaceFiles {
  /** The file, or why the agent can't have it: absent, outside, excluded, a secret. */
  open(path: string): Promise<FoundFile>;
  /** Every file that `open` would give, in the order of their paths. */
  list(signal: AbortSignal): AsyncIterable<ListedFile>;
}

export type FoundFile =
  { readonly found: true; readonly file: InputFile } | { readonly found: false; readonly reason: string };

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}
