/** A change of one file that the agent proposes. A person sees it as a diff before anything is written. */
export interface EditRequest {
  readonly kind: 'edit';
  /** Stable for one proposal, so that a resumed question finds it again. */
  readonly id: string;
  readonly threadId: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** One line for the person: what the change is for. */
  readonly purpose: string;
  /** The text as it was read; absent for a new file. Line ends are `\n`. */
  readonly before?: string;
  readonly after: string;
  /** SHA-256 of the bytes that the change was made for; absent for a new file. */
  readonly fileHash?: string;
  /** Binds an answer to exactly this path, these bytes and this text. */
  readonly hash: string;
}

/** The wish to read a file that may hold secrets. */
export interface SecretRequest {
  readonly kind: 'secret';
  readonly id: string;
  readonly threadId: string;
  readonly path: string;
  readonly bytes: number;
  readonly hash: string;
}

/** What the agent may do, besides running code, only when a person says so. No policy says so. */
export type PermissionRequest = EditRequest | SecretRequest;

export type PermissionAnswer =
  { readonly kind: 'allow'; readonly hash: string } | { readonly kind: 'refuse'; readonly reason?: string };

/** What became of an allowed change. */
export type ChangeResult =
  | {
      readonly written: true;
      /** The whole text, where a formatter, say, made more of it on saving than was allowed. Line ends are `\n`. */
      readonly saved?: string;
    }
  | { readonly written: false; readonly reason: string };
