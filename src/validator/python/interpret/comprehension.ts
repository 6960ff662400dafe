import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { join, joinAll, truth } from '../values/join.ts';
import { dictAtom, iter, seq, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { withRepeats } from './loops.ts';
import { newFrame } from './machine.ts';
import type { Machine } from './machine.ts';
import { declare, newScope } from './scopes.ts';

const maxExact = 256;

interface Collected {
  readonly values: Value[];
  readonly keys: Value[];
  /** A list, set or dict is made: what each round gives stays. */
  readonly keeps: boolean;
  exact: boolean;
  size: number | undefined;
}

/** Comprehensions and generator expressions; a scope of their own, except for walrus targets. */
export function comprehension(m: Machine, node: SyntaxNode): Value {
  const body = childOf(node, 'body');
  const clauses = node.children.filter((child) => child !== body);
  const outer = m.frame;
  const source = childOf(clauses[0] ?? node, 'right');
  // The first iterable belongs to the block around.
  const first = source ? m.parts.evaluate(source) : unknown;
  const scope = newScope('function', outer.scope);
  m.frame = newFrame(scope, outer.code, outer);
  const keeps = node.type !== 'generator_expression';
  const collected: Collected = { values: [], keys: [], keeps, exact: true, size: 0 };
  hoistWalrus(m, node, outer.scope.kind === 'module');
  const gathered = m.gathered;
  if (node.type === 'generator_expression') m.gathered = 1;
  try {
    if (body) clause(m, clauses, 0, body, collected, 1, first);
  } finally {
    const inner = m.frame;
    m.frame = outer;
    m.gathered = gathered;
    if (!inner.exactYields) outer.exactYields = false;
    for (const name of scope.nonlocals) {
      const value = scope.vars.get(name);
      if (value) m.parts.bind(name, value);
    }
  }
  return build(m, node, collected);
}

/** `:=` inside a comprehension binds in the block around it. */
function hoistWalrus(m: Machine, node: SyntaxNode, module: boolean): void {
  if (!m.hasWalrus) return;
  const open = [...node.children];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.type === 'named_expression') {
      const name = childOf(at, 'name');
      if (name) declare(m.frame.scope, module ? 'globals' : 'nonlocals', m.text(name).normalize('NFKC'));
    }
    if (at.type !== 'lambda') open.push(...at.children);
  }
}

function clause(
  m: Machine,
  clauses: readonly SyntaxNode[],
  at: number,
  body: SyntaxNode,
  out: Collected,
  size: number | undefined,
  first?: Value,
): void {
  const node = clauses[at];
  if (node === undefined) {
    // An unknown length anywhere makes the whole unknown.
    out.size = size === undefined || out.size === undefined ? undefined : Math.max(out.size, size);
    collect(m, body, out);
    return;
  }
  if (node.type === 'if_clause') {
    let known: boolean | undefined;
    for (const child of node.children) known = truth(m.parts.evaluate(child));
    if (known === false) {
      // Walked once all the same, so that nothing goes unseen.
      if (!m.visited.has(body))
        clause(
          m,
          clauses,
          at + 1,
          body,
          { values: [], keys: [], keeps: out.keeps, exact: false, size: 0 },
          size,
        );
      return;
    }
    if (known === undefined) {
      out.exact = false;
      m.inFork(() => clause(m, clauses, at + 1, body, out, size));
      return;
    }
    clause(m, clauses, at + 1, body, out, size);
    return;
  }
  const left = childOf(node, 'left');
  const right = childOf(node, 'right');
  if (!left || !right) return;
  const items = m.parts.iterate(first ?? m.parts.evaluate(right), right);
  const exact = items.exact;
  const inner = items.size === undefined || size === undefined ? undefined : items.size * size;
  const before = m.gathered;
  if (out.keeps) m.gathered = before * Math.max(1, items.size ?? 1);
  withRepeats(m, items.size, () => {
    if (exact && exact.length <= maxExact && !m.tired && m.repeats <= 4096) {
      for (const item of exact) {
        m.parts.assign(left, item);
        clause(m, clauses, at + 1, body, out, inner);
      }
      if (exact.length > 0) return;
    }
    if (!exact || exact.length > 0) out.exact = false;
    const loose: Collected =
      exact?.length === 0 ? { values: [], keys: [], keeps: out.keeps, exact: false, size: 0 } : out;
    m.inFork(() => {
      m.parts.assign(left, items.any.length === 0 ? unknown : items.any);
      clause(m, clauses, at + 1, body, loose, inner);
    });
  });
  m.gathered = before;
}

function collect(m: Machine, body: SyntaxNode, out: Collected): void {
  m.visited.add(body);
  const limit = out.values.length >= 4096;
  if (body.type === 'pair') {
    const key = childOf(body, 'key');
    const value = childOf(body, 'value');
    out.keys.push(key ? m.parts.evaluate(key) : unknown);
    out.values.push(value ? m.parts.evaluate(value) : unknown);
    return;
  }
  const value = m.parts.evaluate(body);
  if (limit) out.exact = false;
  else out.values.push(value);
}

function build(m: Machine, node: SyntaxNode, out: Collected): Value {
  const any = joinAll(out.values);
  const rest = any.length === 0 ? (out.exact ? any : unknown) : any;
  switch (node.type) {
    case 'list_comprehension':
      checkConsumed(m, node, out.size === undefined ? undefined : out.size * m.gathered);
      return out.exact ? seq('list', out.values) : seq('list', [], rest);
    case 'set_comprehension':
      checkConsumed(m, node, out.size === undefined ? undefined : out.size * m.gathered);
      return out.exact ? seq('set', out.values) : seq('set', [], rest);
    case 'dictionary_comprehension': {
      checkConsumed(m, node, out.size === undefined ? undefined : out.size * m.gathered);
      const dict = dictAtom();
      out.keys.forEach((key, at) => {
        m.parts.setSubscript([dict], key, out.values[at] ?? unknown, node);
      });
      if (!out.exact) {
        dict.rest = join(dict.rest, rest);
        dict.restKeys = unknown;
      }
      return [dict];
    }
    default:
      return iter(out.exact ? out.values : undefined, rest, out.exact ? out.values.length : out.size);
  }
}
