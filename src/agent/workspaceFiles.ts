import type { InputFile } from '../core/proposal.ts';

/** The files of the open workspace as the agent may see them. Every path is relative, with `/`. */
export interface WorkspaceFiles {
  /** The file, or why the agent can't have it: absent, outside, excluded, a secret, too large. */
  open(name: string): Promise<FoundFile>;
}

export type FoundFile =
  { readonly found: true; readonly file: InputFile } | { readonly found: false; readonly reason: string };
