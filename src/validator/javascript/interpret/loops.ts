import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { isFunction } from '../scopes.ts';
import type { Flow } from '../values.ts';
import type { Walk } from './walk.ts';

/** Tells loops that never end: a condition that is always true, and no way out of the body. */
export function checkLoop(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  const condition = childOf(node, 'condition');
  const empty = condition === undefined || condition.type === 'empty_statement' || condition.type === ';';
  // Only the last pass knows everything that the condition may be.
  machine.endless.delete(node);
  if (!empty && !alwaysTrue(walk, scope, condition)) return;
  if (!hasExit(walk, childOf(node, 'body'), machine.labels.get(node), true)) machine.endless.add(node);
}

function alwaysTrue(walk: Walk, scope: Scope, node: SyntaxNode): boolean {
  const source = walk.machine.textOf(node);
  switch (node.type) {
    case 'parenthesized_expression':
    case 'expression_statement':
      return node.children[0] !== undefined && alwaysTrue(walk, scope, node.children[0]);
    case 'true':
    case 'array':
    case 'object':
      return true;
    case 'unary_expression':
      return (
        /^!\s*(false|0|null|undefined|""|'')$/.test(source) || /^!!\s*(true|[1-9]\d*|\[\]|\{\})$/.test(source)
      );
    case 'binary_expression':
      return /^(\d+)\s*===?\s*\1$/.test(source);
    default:
      return truthy(walk.expression(scope, node));
  }
}

function truthy(flow: Flow): boolean {
  if (flow.items.size === 0) return false;
  for (const value of flow) {
    if (value.kind === 'number' ? value.number === 0 : value.kind !== 'text' || value.text === '')
      return false;
  }
  return true;
}

/** Whether a body can leave its loop; `own` while no other loop or switch stands between. */
function hasExit(walk: Walk, node: SyntaxNode | undefined, label: string | undefined, own: boolean): boolean {
  if (node === undefined) return false;
  walk.machine.spend(1);
  switch (node.type) {
    case 'return_statement':
    case 'throw_statement':
    case 'yield_expression':
      return true;
    case 'break_statement': {
      const named = childOf(node, 'label');
      return named === undefined ? own : walk.machine.textOf(named) === label || label === undefined;
    }
    case 'call_expression':
      if (/^(process\.exit|process\.abort|exit|quit)\b/.test(walk.machine.textOf(node))) return true;
      break;
  }
  if (isFunction(node)) return false;
  const still = own && !/^(while|do|for|for_in|switch)_statement$/.test(node.type);
  return node.children.some((child) => hasExit(walk, child, label, still));
}
