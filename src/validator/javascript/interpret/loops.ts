import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { countsAway } from '../../runaway.ts';
import type { Scope } from '../scopes.ts';
import type { Flow } from '../values.ts';
import { hasExit, mayStop } from './exits.ts';
import { staysTrue } from './stuckCondition.ts';
import type { Walk } from './walk.ts';

/** Tells loops that never end: a condition that stays true, and no way out of the body. */
export function checkLoop(walk: Walk, scope: Scope, node: SyntaxNode): void {
  const { machine } = walk;
  const condition = childOf(node, 'condition');
  const empty = condition === undefined || condition.type === 'empty_statement' || condition.type === ';';
  // Only the last pass knows everything that the condition may be.
  machine.endless.delete(node);
  const always = empty || alwaysTrue(walk, scope, condition);
  const counts = node.type === 'for_statement' && goesAway(walk, node);
  if (!always && !counts && (!staysTrue(walk, scope, node, condition) || mayStop(walk, scope, node))) return;
  if (!hasExit(walk, childOf(node, 'body'), machine.labels.get(node)))
    machine.endless.set(node, 'This loop has no way out');
}

function goesAway(walk: Walk, node: SyntaxNode): boolean {
  const part = (field: string): string => {
    const found = childOf(node, field);
    return found === undefined ? '' : walk.machine.textOf(found);
  };
  walk.machine.spend(1 + (node.end - node.start) / 50);
  return countsAway({
    start: part('initializer'),
    condition: part('condition'),
    update: part('increment'),
    body: part('body'),
  });
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
