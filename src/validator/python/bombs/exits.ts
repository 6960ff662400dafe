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

interface Place {
  readonly node: SyntaxNode;
  /** Inside a loop of the body, which a `break` would end instead. */
  readonly inner: boolean;
  /** What handlers around this place catch. */
  readonly caught: string;
}

/** Whether a loop body has a way out: break of its own, return, raise, yield, exit, or a call that may leave. */
export function leaves(m: Machine, body: SyntaxNode, pastYield = false): boolean {
  const open: Place[] = [{ node: body, inner: false, caught: '' }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const { node, inner, caught } = at;
    if (exits.has(node.type) && !(pastYield && node.type === 'yield') && !isCaught(m, node, caught))
      return true;
    if (node.type === 'break_statement' && !inner) return true;
    if (node.type === 'await') return true;
    if (node.type === 'call' && callLeaves(m, node)) return true;
    if (node.type === 'function_definition' || node.type === 'lambda' || node.type === 'class_definition')
      continue;
    const loop = node.type === 'while_statement' || node.type === 'for_statement';
    for (const child of reachable(m, node))
      open.push({
        node: child,
        inner: inner || (loop && child.field === 'body'),
        caught:
          node.type === 'try_statement' && child.field === 'body' ? `${caught} ${handled(m, node)}` : caught,
      });
  }
  return false;
}

/** Children that are not ruled out by a constant condition, by a `finally` that goes on, or by a `continue` before them. */
function reachable(m: Machine, node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'block') {
    const end = node.children.findIndex((child) => child.type === 'continue_statement');
    return end < 0 ? node.children : node.children.slice(0, end);
  }
  if (node.type === 'try_statement') {
    const tried = childOf(node, 'body');
    if (tried?.children.every(isHarmless) === true)
      return node.children.filter((child) => child.type !== 'except_clause');
    const last = node.children.find((child) => child.type === 'finally_clause');
    const goesOn = last?.children.some((block) =>
      block.children.some((one) => one.type === 'continue_statement'),
    );
    return goesOn && last ? [last] : node.children;
  }
  const condition = /^(if|elif)_/.test(node.type) ? childOf(node, 'condition') : undefined;
  const known = condition && constantTruth(m, condition);
  if (known === undefined) return node.children;
  return node.children.filter((child) =>
    known ? child.field !== 'alternative' : child.field !== 'consequence',
  );
}

/** A statement in which nothing can go wrong: a constant that gets a name. */
function isHarmless(statement: SyntaxNode): boolean {
  if (statement.type === 'pass_statement' || statement.type === 'continue_statement') return true;
  const [inner] = statement.type === 'expression_statement' ? statement.children : [];
  const right = inner?.type === 'assignment' ? childOf(inner, 'right') : undefined;
  return right !== undefined && /^(integer|float|true|false|none)$/.test(right.type);
}

/** Names of the exceptions that a `try` catches; a bare `except` catches them all. */
function handled(m: Machine, node: SyntaxNode): string {
  return node.children
    .filter((child) => child.type === 'except_clause')
    .map((clause) => {
      const kinds = clause.children.filter((child) => child.type !== 'block').map((child) => m.text(child));
      return kinds.length === 0 ? 'BaseException' : kinds.join(' ');
    })
    .join(' ');
}

/** Whether a `raise` or `assert` never gets out of the handlers around it. */
function isCaught(m: Machine, node: SyntaxNode, caught: string): boolean {
  if (node.type !== 'raise_statement' && node.type !== 'assert_statement') return false;
  const raised =
    node.type === 'assert_statement' ? 'AssertionError' : /^raise\s+([\w.]+)/.exec(m.text(node))?.[1];
  if (raised === undefined || /^(SystemExit|KeyboardInterrupt|GeneratorExit)$/.test(raised))
    return /\bBaseException\b/.test(caught);
  return /\b(Base)?Exception\b/.test(caught) || caught.split(/[\s(),]+/).includes(raised);
}

/** Calls of exit functions, of functions of the program that raise or exit, and of input at its end. */
function callLeaves(m: Machine, node: SyntaxNode): boolean {
  const callee = childOf(node, 'function');
  if (!callee) return false;
  const spelled = m.text(callee);
  if (
    exitCalls.test(spelled) ||
    (spelled === 'next' && childOf(node, 'arguments')?.children.length === 1) ||
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
