import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Scope } from '../scopes.ts';
import { isFunction, lookUp, nameOf } from '../scopes.ts';
import type { Walk } from './walk.ts';

/** Where in the body of a loop a node stands. */
interface Place {
  readonly label: string | undefined;
  /** No other loop or switch stands between. */
  readonly own: boolean;
  /** A handler inside the loop catches what is thrown here. */
  readonly caught: boolean;
  /** Labels of loops inside the body: going on with them does not leave it. */
  readonly inner: readonly string[];
}

/** Whether a body can leave its loop. */
export function hasExit(walk: Walk, body: SyntaxNode | undefined, label: string | undefined): boolean {
  return body !== undefined && leaves(walk, body, { label, own: true, caught: false, inner: [] });
}

function leaves(walk: Walk, node: SyntaxNode, at: Place): boolean {
  const { machine } = walk;
  machine.spend(1);
  const named = childOf(node, 'label');
  const name = named && machine.textOf(named);
  let { inner } = at;
  switch (node.type) {
    case 'return_statement':
    case 'yield_expression':
      return true;
    case 'throw_statement':
      if (!at.caught) return true;
      break;
    case 'break_statement':
      return name === undefined ? at.own : name === at.label || at.label === undefined;
    case 'continue_statement':
      return name !== undefined && name !== at.label && !at.inner.includes(name);
    case 'labeled_statement':
      if (name !== undefined) inner = [...inner, name];
      break;
    case 'call_expression':
      if (/^(process\.exit|process\.abort|exit|quit)\b/.test(machine.textOf(node))) return true;
      break;
    case 'try_statement':
      return leavesTry(walk, node, at);
  }
  if (isFunction(node)) return false;
  const own = at.own && !/^(while|do|for|for_in|switch)_statement$/.test(node.type);
  return node.children.some((child) => leaves(walk, child, { ...at, own, inner }));
}

function leavesTry(walk: Walk, node: SyntaxNode, at: Place): boolean {
  const last = childOf(node, 'finalizer');
  const block = last && childOf(last, 'body');
  // A `finally` that goes on takes back whatever would have left before it.
  const goesOn = block?.children.findIndex(
    (one) => one.type === 'continue_statement' && one.children.length === 0,
  );
  if (block !== undefined && goesOn !== undefined && goesOn >= 0)
    return block.children.slice(0, goesOn).some((one) => leaves(walk, one, at));
  const handled = childOf(node, 'handler') !== undefined;
  return node.children.some((child) =>
    leaves(walk, child, { ...at, caught: at.caught || (handled && child.field === 'body') }),
  );
}

/** Whether a loop waits for events, or calls functions of the program that throw or end it. */
export function mayStop(walk: Walk, scope: Scope, node: SyntaxNode): boolean {
  const { machine } = walk;
  machine.spend(1);
  if (node.type === 'await_expression') return true;
  if (node.type === 'for_in_statement' && /^for\s+await\b/.test(machine.textOf(node))) return true;
  if (node.type === 'call_expression') {
    const callee = childOf(node, 'function');
    if (callee?.type === 'identifier' && mayThrow(walk, scope, nameOf(callee, machine.source))) return true;
    if (callee !== undefined && callee.type !== 'identifier' && ownMethod(walk, callee)) return true;
  }
  return !isFunction(node) && node.children.some((child) => mayStop(walk, scope, child));
}

const throwing = /\bthrow\b|\b(process\.)?(exit|abort|quit)\b/;

/** Whether a function with that name is the program's own and has something in it that throws. */
function mayThrow(walk: Walk, scope: Scope, name: string): boolean {
  const flow = lookUp(scope, name);
  if (flow === undefined) return false;
  for (const value of flow) {
    if (value.kind === 'ref' ? value.path.includes('assert') : value.kind !== 'function') return true;
    if (value.kind === 'function' && throwing.test(walk.machine.textOf(value.node))) return true;
  }
  return flow.items.size === 0;
}

/** A method by a name that the program gives to a function which throws. */
function ownMethod(walk: Walk, callee: SyntaxNode): boolean {
  if (callee.type !== 'member_expression') return true;
  const property = childOf(callee, 'property');
  if (property === undefined) return true;
  const name = walk.machine.textOf(property);
  return [...walk.machine.functions.keys()].some((node) => {
    const own = childOf(node, 'name');
    return own !== undefined && walk.machine.textOf(own) === name && throwing.test(walk.machine.textOf(node));
  });
}
