import type { Parsed, SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Fault } from './indentation.ts';
import { textFault } from './literals.ts';

/** What is around a place. */
interface Around {
  readonly scope: 'module' | 'class' | 'function' | 'coroutine';
  readonly loop: boolean;
}

const fixed = /^(call|integer|float|string|concatenated_string|true|false|none|binary_operator|lambda)$/;

/** Places that the grammar reads and CPython's compiler refuses, in order of the text. */
export function structureFaults({ text, root }: Parsed): Fault[] {
  const faults: Fault[] = [];
  const open: SyntaxNode[] = [root];
  const arounds: Around[] = [{ scope: 'module', loop: false }];
  for (;;) {
    const node = open.pop();
    const around = arounds.pop();
    if (!node || !around) break;
    const message = faultOf(node, around, text);
    if (message !== undefined) faults.push({ start: node.start, end: node.end, message });
    const inner = within(node, around);
    for (const child of node.children) {
      // The `else` of a loop is outside of it, and so is all that a header evaluates.
      const body = child.field === 'body' || node.type === 'block' || node.type === 'generator_expression';
      open.push(child);
      arounds.push(body ? inner : around);
    }
  }
  return faults.sort((a, b) => a.start - b.start);
}

function within(node: SyntaxNode, around: Around): Around {
  switch (node.type) {
    case 'function_definition': {
      const coroutine = node.children.some((child) => child.type === 'async');
      return { scope: coroutine ? 'coroutine' : 'function', loop: false };
    }
    case 'generator_expression':
      // It may wait for what the function around it cannot.
      return around.scope === 'function' ? { ...around, scope: 'coroutine' } : around;
    case 'lambda':
      return { scope: 'function', loop: false };
    case 'class_definition':
      return { scope: 'class', loop: false };
    case 'for_statement':
    case 'while_statement':
      return { scope: around.scope, loop: true };
    default:
      return around;
  }
}

function faultOf(node: SyntaxNode, { scope, loop }: Around, text: string): string | undefined {
  const callable = scope === 'function' || scope === 'coroutine';
  const [only] = node.children;
  switch (node.type) {
    case 'return_statement':
      return callable ? undefined : '`return` stands outside of a function';
    case 'yield':
      return callable ? undefined : '`yield` stands outside of a function';
    case 'await':
      // At the top level some runners allow it.
      return scope === 'function' ? '`await` stands in a function that is not `async`' : undefined;
    case 'break_statement':
    case 'continue_statement':
      return loop ? undefined : `\`${text.slice(node.start, node.end)}\` stands outside of a loop`;
    case 'nonlocal_statement':
      return scope === 'module' ? '`nonlocal` stands outside of a function' : undefined;
    case 'wildcard_import':
      return scope === 'module' ? undefined : '`import *` stands inside of a function or class';
    case 'raise_statement':
      return node.children.some((child) => child.type === 'expression_list')
        ? '`raise` has a comma, as in Python 2'
        : undefined;
    case 'expression_statement':
      if (only?.type === 'named_expression') return '`:=` needs parentheses here';
      return only?.type === 'list_splat' ? 'A star stands alone' : undefined;
    case 'delete_statement':
      return only && fixed.test(only.type) ? 'This cannot be deleted' : undefined;
    case 'argument_list':
      return argumentFault(node, text);
    case 'parameters':
    case 'lambda_parameters':
      return parameterFault(node, text);
    default:
      return textFault(node, text);
  }
}

function argumentFault(node: SyntaxNode, text: string): string | undefined {
  let names: Set<string> | undefined;
  let named = false;
  for (const child of node.children) {
    if (child.type === 'keyword_argument') {
      names ??= new Set();
      const name = childOf(child, 'name');
      const spelled = name ? text.slice(name.start, name.end) : '';
      if (names.has(spelled)) return `\`${spelled}\` is given twice`;
      names.add(spelled);
      named = true;
    } else if (child.type === 'dictionary_splat') named = true;
    else if (named && !/splat|line_continuation/.test(child.type))
      return 'An argument without a name follows one with a name';
  }
  return undefined;
}

function parameterFault(node: SyntaxNode, text: string): string | undefined {
  const names = new Set<string>();
  let optional = false;
  for (const child of node.children) {
    const inner = child.type === 'typed_parameter' ? (child.children[0] ?? child) : child;
    const star = /splat|^keyword_separator$/.test(inner.type);
    const name = star ? inner.children[0] : inner.type === 'identifier' ? inner : childOf(inner, 'name');
    if (name?.type === 'identifier') {
      const spelled = text.slice(name.start, name.end);
      if (names.has(spelled)) return `The parameter \`${spelled}\` is there twice`;
      names.add(spelled);
    }
    if (star) return duplicatesBehind(node, child, names, text);
    if (/default_parameter$/.test(child.type)) optional = true;
    else if (optional && inner.type === 'identifier')
      return 'A parameter without a default follows one with a default';
  }
  return undefined;
}

/** Behind a star, parameters may have defaults in any order. */
function duplicatesBehind(
  node: SyntaxNode,
  star: SyntaxNode,
  names: Set<string>,
  text: string,
): string | undefined {
  for (const child of node.children.slice(node.children.indexOf(star) + 1)) {
    const inner = child.type === 'typed_parameter' ? (child.children[0] ?? child) : child;
    const name = inner.type === 'identifier' ? inner : (childOf(inner, 'name') ?? inner.children[0]);
    if (name?.type !== 'identifier') continue;
    const spelled = text.slice(name.start, name.end);
    if (names.has(spelled)) return `The parameter \`${spelled}\` is there twice`;
    names.add(spelled);
  }
  return undefined;
}
