import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { single } from '../values/join.ts';

/** A shorter rest does not keep a loop from using up a processor. */
const shortRest = 0.005;
const blocking = new Set([
  'wait',
  'accept',
  'recv',
  'recv_bytes',
  'recv_json',
  'acquire',
  'readline',
  'join',
]);

/** Whether each round of a loop waits until something comes: the worker that a queue or a socket feeds. */
export function waits(m: Machine, body: SyntaxNode): boolean {
  return callsIn(body).some((call) => {
    const callee = childOf(call, 'function');
    const name = callee?.type === 'attribute' ? callee.children.at(-1) : undefined;
    if (name === undefined) return false;
    const spelled = m.text(name);
    return blocking.has(spelled) || (spelled === 'get' && takesNoKey(call));
  });
}

/** `queue.get()` waits; `mapping.get(key)` does not. */
function takesNoKey(call: SyntaxNode): boolean {
  const given = childOf(call, 'arguments')?.children ?? [];
  return given.every((argument) => argument.type === 'keyword_argument' || argument.type === 'true');
}

/** Whether each round of a loop works and rests: it goes on until it is stopped, but does no harm meanwhile. */
export function rests(m: Machine, body: SyntaxNode): boolean {
  const calls = callsIn(body);
  const rounds = calls.filter((call) => restsHere(m, call));
  return rounds.length > 0 && calls.length > rounds.length;
}

function restsHere(m: Machine, call: SyntaxNode): boolean {
  const callee = childOf(call, 'function');
  if (callee?.type !== 'identifier' && callee?.type !== 'attribute') return false;
  if (!/sleep/.test(m.text(callee)) && callee.type === 'attribute') return false;
  if (!m.parts.evaluate(callee).some((atom) => atom.kind === 'lib' && atom.path === 'time.sleep'))
    return false;
  const [given] = childOf(call, 'arguments')?.children ?? [];
  const length = given && single(m.parts.evaluate(given));
  return length?.kind === 'int' || length?.kind === 'float' ? Number(length.value) > shortRest : true;
}

/** Calls in a block that every round can reach, outside the functions that it defines. */
function callsIn(body: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (/^(function_definition|lambda|class_definition)$/.test(node.type)) continue;
    if (node.type === 'call') found.push(node);
    open.push(...node.children);
  }
  return found;
}
