import type { SandboxKind } from './guarantees.ts';
import type { Language } from './language.ts';

/** The door through which a proposal came in. */
export const origins = ['agent', 'selection', 'terminal', 'tool', 'mcp', 'rerun'] as const;
export type Origin = (typeof origins)[number];

/**
 * A file handed into the sandbox. `name` is a normalised POSIX path relative to the work folder;
 * the bytes are read when the run starts, never before.
 */
export interface InputFile {
  readonly name: string;
  /**
   * Where it truly lies, links resolved, from the name of its workspace folder on: for judging whether it
   * may hold secrets, where `name` does not tell.
   */
  readonly place?: string;
  readonly bytes: number;
  readonly open: () => AsyncIterable<Uint8Array>;
}

/** Of an input file, so many bytes are read at once: smaller pieces cost large files most of their time. */
export const inputChunkBytes = 1024 * 1024;

/** What somebody wants to run, before anybody has looked at it. */
export interface Draft {
  /** Stable for one proposal, so that a resumed approval finds it again. */
  readonly id: string;
  readonly origin: Origin;
  readonly language: Language;
  readonly code: string;
  /** One line for the person: what the code is for. */
  readonly purpose: string;
  /** What the output channel and the history call this code, e.g. `sales.py:3-9`. */
  readonly title: string;
  readonly files: readonly InputFile[];
  /**
   * Names of the files among `files` that the model asked for and the person did not attach. Only a
   * person can let code read them: the policy never runs such a draft by itself.
   */
  readonly unattachedFiles?: readonly string[];
  readonly stdin?: string;
  /** Show the value of the last expression, as a notebook cell does. */
  readonly cell?: boolean;
  /** The conversation whose agent proposes this; what a person starts has none. */
  readonly threadId?: string;
  /** The code that this proposal replaces, for the diff. */
  readonly previousCode?: string;
  /** What was proposed first, where a person has changed the code since. */
  readonly editedFrom?: string;
  /** The run that this one repeats. */
  readonly rerunOf?: string;
}

/** A draft with the hash that binds an approval to exactly this code, language, input, files and sandbox. */
export interface Proposal extends Draft {
  /** What it would run in when it was proposed; an approval is for no other kind. */
  readonly sandbox: SandboxKind;
  /** Lower-case hex SHA-256 over kind of sandbox, language, code, stdin and the names of the input files. */
  readonly hash: string;
}
