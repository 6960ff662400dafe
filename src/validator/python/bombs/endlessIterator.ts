import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import type { Value } from '../values/value.ts';

const ends = new Set(['raise_statement', 'assert_statement', 'subscript', 'yield', 'await', 'try_statement']);
const endingCalls =
  /^(builtins\.(next|anext|input|exit|quit|exec|eval|open|iter|getattr)|sys\.exit|os\._exit)$/;

/** Whether `__next__` has no way to end: it never raises and calls nothing that might. */
export function neverStops(m: Machine, member: Value): boolean {
  return member.length > 0 && member.every((atom) => atom.kind === 'func' && !mayStop(m, atom.code.body));
}

function mayStop(m: Machine, body: SyntaxNode): boolean {
  const open = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (ends.has(node.type)) return true;
    if (node.type === 'call' && !harmless(m, node)) return true;
    open.push(...node.children);
  }
  return false;
}

/** A call of something of a library that does not end an iteration. */
function harmless(m: Machine, call: SyntaxNode): boolean {
  const callee = childOf(call, 'function');
  let root = callee;
  while (root?.type === 'attribute') root = root.children[0];
  if (root?.type !== 'identifier' || callee === undefined) return false;
  const found = m.parts.lookup(m.text(root), root);
  if (!found.every((atom) => atom.kind === 'lib')) return false;
  return !found.some((atom) => endingCalls.test(atom.path)) && !/^(sys|os)\./.test(m.text(callee));
}
