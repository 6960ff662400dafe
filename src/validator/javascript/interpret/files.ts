import type { SyntaxNode } from '../../parse/tree.ts';
import type { Flow } from '../values.ts';

/** One place that puts something into a file. */
export interface FileWrite {
  readonly node: SyntaxNode;
  readonly file: string;
  /** Undefined where only the run knows what is written. */
  readonly contents: Flow | undefined;
  /** What was in the file stays there, too. */
  readonly appends: boolean;
}

/** The files that a program writes, copies and runs, as far as their names are known. */
export class Files {
  /** By file and place. */
  readonly writes = new Map<string, FileWrite>();
  /** Files by what they are copied or renamed to. */
  readonly copies = new Map<string, Set<string>>();
  /** Modules by name, with where they are loaded. */
  readonly runs = new Map<string, SyntaxNode>();
}
