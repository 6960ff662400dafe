import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { truth } from '../values/join.ts';

/** Only the head of the loop is marked. */
export function head(m: Machine, node: SyntaxNode): { start: number; end: number } {
  const body = childOf(node, 'body');
  const end = body ? m.parsed.text.slice(node.start, body.start).trimEnd().length + node.start : node.end;
  return { start: node.start, end };
}

export function constantTruth(m: Machine, condition: SyntaxNode): boolean | undefined {
  const inner = condition.type === 'parenthesized_expression' ? condition.children[0] : condition;
  if (!inner) return undefined;
  switch (inner.type) {
    case 'true':
    case 'false':
    case 'integer':
    case 'float':
    case 'string':
    case 'none':
      return truth(m.parts.evaluate(inner));
    case 'not_operator': {
      const argument = inner.children.at(-1);
      const known = argument ? constantTruth(m, argument) : undefined;
      return known === undefined ? undefined : !known;
    }
    case 'comparison_operator':
      return inner.children.every(
        (child) => child.type === 'integer' || child.type === 'string' || child.field === 'operators',
      )
        ? truth(m.parts.evaluate(inner))
        : undefined;
    case 'tuple':
    case 'list':
      return inner.children.length > 0 ? true : false;
    default:
      return undefined;
  }
}

const exits = new Set(['return_statement', 'raise_statement', 'yield', 'assert_statement']);

const exitCalls = /^(sys\.exit|exit|quit|os\._exit|os\.abort|_exit|sys\.exit_?)$/;

/** Whether a loop body has a way out: break of its own, return, raise, yield, exit, or a call that may leave. */
export function leaves(m: Machine, body: SyntaxNode, pastYield = false): boolean {
  const open: { node: SyntaxNode; inner: boolean }[] = [{ node: body, inner: false }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, inner } = at;
    if (exits.has(node.type) && !(pastYield && node.type === 'yield')) return true;
    if (node.type === 'break_statement' && !inner) return true;
    if (node.type === 'await') return true;
    if (node.type === 'call' && callLeaves(m, node)) return true;
    if (node.type === 'function_definition' || node.type === 'lambda' || node.type === 'class_definition')
      continue;
    const loop = node.type === 'while_statement' || node.type === 'for_statement';
    for (const child of node.children)
      open.push({ node: child, inner: inner || (loop && child.field === 'body') });
  }
  return false;
}

/** Calls of exit functions, of functions of the program that raise or exit, and of input at its end. */
function callLeaves(m: Machine, node: SyntaxNode): boolean {
  const callee = childOf(node, 'function');
  if (!callee) return false;
  const spelled = m.text(callee);
  if (
    exitCalls.test(spelled) ||
    spelled === 'next' ||
    spelled === 'input' ||
    /\.(throw|get_nowait|popleft|pop|send|recv)$/.test(spelled)
  )
    return true;
  if (callee.type !== 'identifier') return callee.type === 'attribute' && /^(self|cls)\./.test(spelled);
  const target = m.parts.lookup(spelled, callee);
  return target.some((atom) => atom.kind === 'func' && /\b(raise|exit|quit)\b/.test(m.text(atom.code.node)));
}

export function mayRaise(body: SyntaxNode): boolean {
  const open = [body];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'call' || node.type === 'subscript') return true;
    open.push(...node.children);
  }
  return false;
}
