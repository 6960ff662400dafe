import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { boundElsewhere, targetsOf } from './bindingSites.ts';
import { callsOwn } from './loopState.ts';

/** Calls that take one thing out, and those that put one in. */
const takes = /^(pop|popleft|popitem|get|get_nowait)$/;
const puts = /^(append|appendleft|add|put|put_nowait|insert)$/;
/** What ends a loop or a round of it, or hands over to code that may. */
const endings = new Set([
  'break_statement',
  'continue_statement',
  'return_statement',
  'raise_statement',
  'yield',
  'await',
  'assert_statement',
]);
const beside = new Set(['function_definition', 'lambda', 'class_definition']);

/**
 * `while queue: queue.append(queue.pop(0))`: each round puts in as many things as it takes out, without a
 * condition, so there is always one left. Other code must not see the container while the loop runs.
 */
export function refills(m: Machine, condition: SyntaxNode, body: SyntaxNode): boolean {
  const name = containerOf(m, condition);
  if (name === undefined || boundElsewhere(m, name)) return false;
  let taken = 0;
  const open = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (endings.has(node.type) || beside.has(node.type) || node.type === 'delete_statement') return false;
    if (node.type !== 'augmented_assignment' && targetsOf(node).some((target) => m.text(target) === name))
      return false;
    if (node.type === 'call') {
      if (callsOwn(m, node) || exits(m, node)) return false;
      const method = methodOn(m, node, name);
      if (method !== undefined && takes.test(method)) taken++;
      else if (method !== undefined && /^(clear|remove|discard)$/.test(method)) return false;
    }
    open.push(...node.children);
  }
  const put = body.children.reduce((all, statement) => all + putBy(m, statement, name), 0);
  return put > 0 && taken > 0 && put >= taken;
}

/** The container of `q`, `len(q)`, `len(q) > 0` and `not q.empty()`. */
function containerOf(m: Machine, condition: SyntaxNode): string | undefined {
  const spelled = m.text(condition).replace(/^\((.*)\)$/s, '$1');
  return /^(?:(\w+)|len\((\w+)\)(?:\s*(?:>\s*0|!=\s*0|>=\s*1))?|not\s+(\w+)\.empty\(\))$/
    .exec(spelled)
    ?.slice(1)
    .find(Boolean);
}

/** The method of the container that is called, or the function of heapq that does the same. */
function methodOn(m: Machine, call: SyntaxNode, name: string): string | undefined {
  const callee = childOf(call, 'function');
  const [given] = childOf(call, 'arguments')?.children ?? [];
  const spelled = callee ? m.text(callee) : '';
  if (/\bheap(pop|push)$/.test(spelled) && given && m.text(given) === name)
    return spelled.endsWith('pop') ? 'pop' : 'append';
  return spelled.startsWith(`${name}.`) ? spelled.slice(name.length + 1) : undefined;
}

/** How many things a statement of the body certainly puts in. */
function putBy(m: Machine, statement: SyntaxNode, name: string): number {
  const [inner] = statement.type === 'expression_statement' ? statement.children : [];
  if (inner?.type === 'call') {
    const method = methodOn(m, inner, name) ?? '';
    if (puts.test(method)) return 1;
    const [given] = childOf(inner, 'arguments')?.children ?? [];
    return /^extend(left)?$/.test(method) ? displayed(given) : 0;
  }
  const left = inner && childOf(inner, 'left');
  if (inner?.type === 'augmented_assignment' && left && m.text(left) === name)
    return displayed(childOf(inner, 'right'));
  const whole = left?.type === 'subscript' ? childOf(left, 'value') : undefined;
  return whole && m.text(whole) === name && /\bpopitem\b/.test(m.parsed.text) ? 1 : 0;
}

/** Items that a list or tuple spells out. */
function displayed(node: SyntaxNode | undefined): number {
  if (node?.type !== 'list' && node?.type !== 'tuple') return 0;
  return node.children.filter((child) => child.type !== 'list_splat').length;
}

function exits(m: Machine, call: SyntaxNode): boolean {
  const callee = childOf(call, 'function');
  return callee !== undefined && /^(sys\.exit|exit|quit|os\._exit|os\.abort|input)$/.test(m.text(callee));
}
