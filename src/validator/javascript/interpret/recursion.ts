import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { isFunction, lookUp, nameOf } from '../scopes.ts';
import type { FunctionValue } from '../values.ts';
import { mayStop } from './exits.ts';
import type { Walk } from './walk.ts';

/** Statements that go on to the next one whatever happens. */
const straight = /^(expression_statement|lexical_declaration|variable_declaration|function_declaration)$/;
/** Parts of these may never be evaluated. */
const skipped = /^(ternary_expression|optional_chain|class|await_expression|yield_expression)$/;

/** Tells a function that always calls itself before it could do anything else. */
export function checkRecursion(walk: Walk, scope: Scope, fn: FunctionValue): void {
  const { machine } = walk;
  machine.endless.delete(fn.node);
  const body = childOf(fn.node, 'body');
  // What waits for events, or makes values one at a time, can be left between two of them.
  if (body === undefined || /^(async\b|function\s*\*)/.test(machine.textOf(fn.node))) return;
  const statements = body.type === 'statement_block' ? body.children : [body];
  for (const statement of statements) {
    const last = statement.type === 'return_statement';
    if (statement !== body && !last && !straight.test(statement.type)) return;
    if (callsSelf(walk, scope, statement, fn)) {
      machine.endless.set(fn.node, 'This function always calls itself');
      return;
    }
    if (last || mayStop(walk, scope, statement)) return;
  }
}

function callsSelf(walk: Walk, scope: Scope, node: SyntaxNode, fn: FunctionValue): boolean {
  walk.machine.spend(1);
  if (isFunction(node) || skipped.test(node.type)) return false;
  if (node.type === 'call_expression') {
    if (node.children.some((child) => child.type === 'optional_chain')) return false;
    const callee = childOf(node, 'function');
    const flow =
      callee?.type === 'identifier' ? lookUp(scope, nameOf(callee, walk.machine.source)) : undefined;
    if (flow?.items.size === 1 && [...flow].every((value) => value === fn)) return true;
  }
  const operator = childOf(node, 'operator')?.type ?? '';
  const children = /^(&&|\|\||\?\?)/.test(operator) ? node.children.slice(0, 1) : node.children;
  return children.some((child) => callsSelf(walk, scope, child, fn));
}
