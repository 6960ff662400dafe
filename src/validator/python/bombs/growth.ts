import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { single } from '../values/join.ts';
import { boundElsewhere } from './bindingSites.ts';

/** Methods of a list, set or dict that take nothing out. */
const keeping = new Set(
  'append appendleft extend extendleft insert add update setdefault index count copy sort reverse items keys values'.split(
    ' ',
  ),
);

/** `while xs: xs.append(1)`: a list with something in it, from which nothing is ever taken. */
export function neverEmpties(m: Machine, condition: SyntaxNode, body: SyntaxNode): boolean {
  if (condition.type !== 'identifier') return false;
  const name = m.text(condition);
  const held = single(m.parts.lookup(name, condition));
  const filled =
    held?.kind === 'seq' ? held.items.length > 0 : held?.kind === 'dict' && held.entries.size > 0;
  if (!filled || boundElsewhere(m, name)) return false;
  // Another function or thread may take things out.
  if (new RegExp(`\\b${name}\\s*\\.\\s*(pop|popleft|popitem|clear|remove|discard)\\b`).test(m.parsed.text))
    return false;
  const open: { node: SyntaxNode; parent: SyntaxNode }[] = [{ node: body, parent: body }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, parent } = at;
    if (node.type === 'delete_statement') return false;
    if (node.type === 'identifier' && m.text(node) === name && !keeps(m, node, parent)) return false;
    for (const child of node.children) open.push({ node: child, parent: node });
  }
  return true;
}

/** A use of the list that leaves everything in it. */
function keeps(m: Machine, node: SyntaxNode, parent: SyntaxNode): boolean {
  if (parent.type === 'attribute') {
    if (node.field === 'attribute') return true;
    const name = parent.children.at(-1);
    return name !== undefined && keeping.has(m.text(name));
  }
  if (parent.type === 'subscript')
    return node.field === 'value' && parent.children.every((child) => child.type !== 'slice');
  if (parent.type !== 'argument_list') return parent.type === 'comparison_operator';
  const called = m.parsed.text.slice(0, parent.start).match(/(\w+)\s*$/)?.[1] ?? '';
  const before = m.parsed.text.charAt(parent.start - called.length - 1);
  return before !== '.' && /^(print|len|str|repr|sum|min|max|sorted|any|all|list|tuple|set)$/.test(called);
}
