import type { SyntaxNode } from '../parse/tree.ts';

/** The programs that a script spells out: in files that it writes, and as the input of commands. */
export class SpelledPrograms {
  /** What stands in files that are written once, before anything else could happen. */
  readonly files = new Map<string, { readonly text: string; readonly node: SyntaxNode }>();
  readonly inputs = new Map<SyntaxNode, string>();
  /** Commands that start a program, which may write files. */
  readonly starts: SyntaxNode[] = [];
  /** Something else may put code into files, so that none of them is known for sure. */
  uncertain = false;
}
