import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { declare, isFunction, makeScope, nameOf } from '../scopes.ts';
import type { Flow, FunctionValue } from '../values.ts';
import { unknown } from '../values.ts';
import { ofKind } from './callBack.ts';
import type { Walk } from './walk.ts';

/** Nodes whose evaluation leaves something behind, or that mean more than a value. */
const lasting =
  /^(assignment_expression|augmented_assignment_expression|update_expression|await_expression|yield_expression|class|object_pattern|array_pattern|rest_pattern|spread_element)$/;
const mostNodes = 60;

/**
 * What a short arrow function gives for arguments that are known, one call on its own. Undefined where
 * it is not such a function; its parameters may then be anything that it is ever called with.
 */
export function inlined(walk: Walk, callee: Flow | undefined, args: readonly Flow[]): Flow | undefined {
  const { machine } = walk;
  const [fn] = ofKind(callee, 'function');
  if (fn === undefined || callee?.items.size !== 1 || machine.inlining) return undefined;
  const body = resultOf(fn);
  const names = parametersOf(walk, fn);
  if (body === undefined || names === undefined || !isPlain(walk, body)) return undefined;
  const scope = makeScope(machine.homes.get(fn), fn);
  names.forEach((name, index) => declare(scope, name).addAll(args[index] ?? unknown()));
  machine.inlining = true;
  try {
    const values = walk.expression(scope, body);
    return isConstant(values) ? values : undefined;
  } finally {
    machine.inlining = false;
  }
}

/** Whether a flow is one text or number. */
export function isConstant(flow: Flow): boolean {
  const [only] = flow;
  return flow.items.size === 1 && (only?.kind === 'number' || (only?.kind === 'text' && !only.open));
}

function resultOf(fn: FunctionValue): SyntaxNode | undefined {
  const body = fn.node.type === 'arrow_function' ? childOf(fn.node, 'body') : undefined;
  if (body?.type !== 'statement_block') return body;
  const [only] = body.children;
  return body.children.length === 1 && only?.type === 'return_statement' ? only.children[0] : undefined;
}

function parametersOf(walk: Walk, fn: FunctionValue): string[] | undefined {
  const single = childOf(fn.node, 'parameter');
  const parts = single === undefined ? (childOf(fn.node, 'parameters')?.children ?? []) : [single];
  const names = parts.map((part) => childOf(part, 'pattern') ?? part);
  if (names.some((name) => name.type !== 'identifier')) return undefined;
  return names.map((name) => nameOf(name, walk.machine.source));
}

function isPlain(walk: Walk, body: SyntaxNode): boolean {
  const waiting = [body];
  for (let count = 0; count < mostNodes; count++) {
    const node = waiting.pop();
    if (node === undefined) return true;
    walk.machine.spend(1);
    if (isFunction(node) || lasting.test(node.type)) return false;
    waiting.push(...node.children);
  }
  return false;
}
