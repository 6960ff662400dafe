import type { SyntaxNode } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import type { Flow } from '../values.ts';
import type { Machine } from './machine.ts';

/** One call as the parts of the walk see it. */
export interface Call {
  readonly node: SyntaxNode;
  readonly args: readonly Flow[];
  /** An argument list was unpacked, so places are not known. */
  readonly spread: boolean;
  readonly isNew: boolean;
}

/** What the parts of the walk need of one another. */
export interface Walk {
  readonly machine: Machine;
  expression(scope: Scope, node: SyntaxNode | undefined): Flow;
  statement(scope: Scope, node: SyntaxNode): void;
  /** Calls whatever the callee may be; `self` is the object before the dot. */
  apply(callee: Flow, call: Call, self?: Flow): Flow;
}
