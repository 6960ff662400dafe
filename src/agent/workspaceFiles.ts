import type { InputFile } from '../core/proposal.ts';

/** The files of the open workspace as the agent may see them. Every path is relative, with `/`. */
export interface WorkspaceFiles {
  /** The file, or why the agent can't have it for this use: absent, outside, excluded, a secret. */
  open(path: string, use?: FileUse): Promise<FoundFile>;
  /** Why there can be no new file of this path; undefined when there can. */
  creatable(path: string): Promise<string | undefined>;
  /** Every file that `open` would give, in the order of their paths, up to a number of them. */
  list(signal: AbortSignal, where?: ListedPart): AsyncIterable<ListedFile>;
}

export interface ListedPart {
  /** Only what lies below it; as `workspacePath` writes it. */
  readonly folder?: string;
  /** Called where there are more files than are listed. */
  readonly onCut?: () => void;
}

export interface FileUse {
  /** A person has allowed just this one, although it may hold secrets. */
  readonly secrets?: boolean;
  /** It is to be changed, which some that can be read may not be. */
  readonly change?: boolean;
}

export type FoundFile =
  | { readonly found: true; readonly file: InputFile }
  | {
      readonly found: false;
      readonly reason: string;
      /** It is closed only because it may hold secrets: a person can allow this one. */
      readonly secret?: true;
    };

export interface ListedFile {
  readonly path: string;
  readonly bytes: number;
}
