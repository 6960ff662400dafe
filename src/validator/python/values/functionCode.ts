import type { SyntaxNode } from '../../parse/tree.ts';

/** What is known of a function's text. */
export interface FunctionCode {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly params: readonly Param[];
  readonly body: SyntaxNode;
  readonly lambda: boolean;
  readonly generator: boolean;
  /** Nodes of the body. */
  readonly size: number;
  readonly async: boolean;
}

export interface Param {
  readonly name: string;
  readonly star: '' | '*' | '**';
  readonly keywordOnly: boolean;
  readonly annotation: SyntaxNode | undefined;
  readonly defaultNode: SyntaxNode | undefined;
}
