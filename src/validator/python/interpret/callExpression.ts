import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import { evaluateArguments } from './arguments.ts';
import type { Machine } from './machine.ts';

/** `callee(arguments)`. */
export function callExpression(m: Machine, node: SyntaxNode): Value {
  const calleeNode = childOf(node, 'function');
  const argumentsNode = childOf(node, 'arguments');
  if (!calleeNode || !argumentsNode) return unknown;
  const callee = m.parts.evaluate(calleeNode);
  if (calleeNode.type === 'identifier' && argumentsNode.children.length === 0) {
    const made = implicitSuper(m, callee);
    if (made) return made;
  }
  const args = evaluateArguments(m, argumentsNode);
  return m.parts.call(callee, args, node);
}

/** `super()` takes class and object from the method around it. */
function implicitSuper(m: Machine, callee: Value): Value | undefined {
  const [only] = callee;
  if (callee.length !== 1 || only?.kind !== 'lib' || only.path !== 'builtins.super') return undefined;
  const { owner, self } = m.frame;
  if (!owner) return unknown;
  const object: Atom = self ?? owner.any ?? owner;
  return [{ kind: 'super', key: `super(${owner.key},${object.key})`, owner, self: object }];
}
