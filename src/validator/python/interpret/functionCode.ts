import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { FunctionCode, Param } from '../values/functionCode.ts';
import type { Machine } from './machine.ts';
import { identifier } from './scopes.ts';

/** What the text of a `def` or `lambda` says; each is read once. */
export function codeOf(m: Machine, node: SyntaxNode): FunctionCode {
  const cached = m.codes.get(node);
  if (cached) return cached;
  const body = childOf(node, 'body') ?? node;
  const name = childOf(node, 'name');
  const lambda = node.type === 'lambda';
  const code: FunctionCode = {
    node,
    name: name ? identifier(m.text(name)) : '<lambda>',
    params: paramsOf(m, childOf(node, 'parameters')),
    body,
    lambda,
    ...measured(body),
    async: node.children.some((child) => child.type === 'async'),
  };
  m.codes.set(node, code);
  return code;
}

function paramsOf(m: Machine, list: SyntaxNode | undefined): Param[] {
  const params: Param[] = [];
  let keywordOnly = false;
  for (const node of list?.children ?? []) {
    if (node.type === 'keyword_separator') {
      keywordOnly = true;
      continue;
    }
    if (node.type === 'positional_separator') continue;
    const inner = node.type === 'typed_parameter' ? (node.children[0] ?? node) : node;
    const star =
      inner.type === 'list_splat_pattern' ? '*' : inner.type === 'dictionary_splat_pattern' ? '**' : '';
    const nameNode = star !== '' ? inner.children[0] : (childOf(inner, 'name') ?? inner);
    params.push({
      name: nameNode ? identifier(m.text(nameNode)) : '',
      star,
      keywordOnly: keywordOnly && star === '',
      annotation: childOf(node, 'type'),
      defaultNode: childOf(node, 'value'),
    });
    if (star === '*') keywordOnly = true;
  }
  return params;
}

const definitions = new Set(['function_definition', 'lambda', 'class_definition']);

/** Whether a body has a `yield` of its own, and how large it is. */
function measured(body: SyntaxNode): { generator: boolean; size: number } {
  const own = [body];
  const foreign: SyntaxNode[] = [];
  let generator = false;
  let size = 0;
  for (let node = own.pop(); node !== undefined; node = own.pop()) {
    size++;
    if (node.type === 'yield') generator = true;
    const into = definitions.has(node.type) ? foreign : own;
    for (const child of node.children) into.push(child);
  }
  for (let node = foreign.pop(); node !== undefined; node = foreign.pop()) {
    size++;
    for (const child of node.children) foreign.push(child);
  }
  return { generator, size };
}
