import type { SyntaxNode } from '../../parse/tree.ts';
import { childOf } from '../../parse/tree.ts';
import { join, joinAll } from '../values/join.ts';
import { dictAtom, freshKey, inst, iter, keyOf, none, seq, text, unknown } from '../values/make.ts';
import { via } from '../values/route.ts';
import type { FunctionCode } from '../values/functionCode.ts';
import type { Args, DictAtom, FuncAtom, Value } from '../values/value.ts';
import { neverEnds } from '../bombs/loops.ts';
import { codeOf } from './functionCode.ts';
import { newFrame } from './machine.ts';
import type { Machine } from './machine.ts';
import { newScope } from './scopes.ts';

const maxDepth = 24;
/** Text in an annotation that runs when the annotation is resolved. */
const dangerousHint = /^[fruFRU]*['"].*(__\w+__|\b(eval|exec|open|compile)\s*\()/s;
const maxRecursion = 12;
/** Runs of a function that calls itself several times over, before it is cut short. */
const maxBranching = 24;

/** Makes the function value of a `def` or `lambda`: defaults are evaluated now, the body when called. */
export function defineFunction(m: Machine, node: SyntaxNode): FuncAtom {
  const code = codeOf(m, node);
  const defaults = new Map<string, Value>();
  const hints = dictAtom();
  for (const param of code.params) {
    if (param.defaultNode) defaults.set(param.name, m.parts.evaluate(param.defaultNode));
    if (param.annotation && dangerousHint.test(m.text(param.annotation)))
      m.report('code.eval', param.annotation, 'An annotation holds code as text');
    if (param.annotation) annotate(hints, param.name, m.parts.evaluate(param.annotation));
  }
  const returnType = childOf(node, 'return_type');
  if (returnType) annotate(hints, 'return', m.parts.evaluate(returnType));
  const typeParameters = childOf(node, 'type_parameters');
  if (typeParameters) m.parts.evaluate(typeParameters);
  const func: FuncAtom = {
    kind: 'func',
    key: freshKey('F'),
    code,
    scope: m.frame.scope,
    defaults,
    self: undefined,
    binding: 'plain',
    owner: undefined,
    attrs: new Map(hints.entries.size > 0 ? [['__annotations__', [hints]]] : []),
  };
  const known = m.functions.get(node);
  if (known === undefined) m.functions.set(node, [func]);
  else if (known.length < 4) known.push(func);
  return func;
}

function annotate(hints: DictAtom, name: string, value: Value): void {
  const [key] = text(name);
  if (key) hints.entries.set(key.key, { name: key, value });
}

/** Calls a function of the program by walking its body with these arguments. */
export function callFunction(m: Machine, func: FuncAtom, given: Args, node: SyntaxNode): Value {
  const { code } = func;
  const args = func.self ? { ...given, positional: [[func.self] as Value, ...given.positional] } : given;
  let recursion = 0;
  for (const other of m.stack) if (other.code === code) recursion++;
  const runs = m.runs.get(code.node) ?? 0;
  // Small functions may decode text letter by letter; large ones cost too much to walk that often.
  const maxRuns = Math.min(400, Math.max(8, 20_000 / code.size));
  if (
    m.tired ||
    m.stack.length >= maxDepth ||
    recursion >= (runs > maxBranching ? 2 : maxRecursion) ||
    runs > maxRuns
  ) {
    for (const atom of args.positional.flat()) if (atom.kind === 'lib') m.parts.escape(args, code.name, node);
    return unknown;
  }
  const bound = bindArguments(func, args);
  let key = `${func.key}(`;
  for (const param of code.params) key += `${param.name}=${keyOf(bound.get(param.name) ?? [])},`;
  const remembered = m.memo.get(key);
  if (remembered && (remembered.writes === m.writes || remembered.times >= 3))
    return returned(m, code, remembered.value, node);
  m.called.add(code.node);
  m.runs.set(code.node, runs + 1);
  const writes = m.writes;
  const value = walkBody(m, func, bound);
  const times = (remembered?.times ?? 0) + 1;
  const all = remembered && m.writes !== writes ? join(remembered.value, value) : value;
  m.memo.set(key, { value: all, writes: m.writes === writes ? writes : -1, times });
  return returned(m, code, value, node);
}

function returned(m: Machine, { lambda, name }: FunctionCode, value: Value, node: SyntaxNode): Value {
  return via(
    value,
    () => (lambda ? 'returned by a lambda' : `returned by \`${name}\``),
    () => m.line(node),
  );
}

/** Walks a body with its parameters bound; `bound` becomes part of its scope. */
export function walkBody(m: Machine, func: FuncAtom, bound: Map<string, Value>): Value {
  const { code } = func;
  const before = { frame: m.frame, current: m.current, fields: m.fields };
  const first = code.params[0];
  const selfAtom = first
    ? bound.get(first.name)?.find((atom) => atom.kind === 'obj' || atom.kind === 'class')
    : undefined;
  const scope = newScope('function', func.scope, bound);
  m.frame = newFrame(scope, code, { owner: func.owner, self: func.self ?? selfAtom });
  m.stack.push(func);
  try {
    if (code.lambda) m.frame.returns = m.parts.evaluate(code.body);
    else m.parts.execute(code.body);
    return outcome(m, code);
  } finally {
    m.stack.pop();
    m.frame = before.frame;
    m.current = before.current;
    m.fields = before.fields;
  }
}

function outcome(m: Machine, code: FunctionCode): Value {
  const { frame } = m;
  let result = frame.returns;
  if (frame.ending !== 'return' && frame.ending !== 'raise' && !code.lambda) result = join(result, none);
  if (code.generator) {
    const endless = !code.async && neverEnds(m, code.body);
    const items = frame.exactYields && !endless ? frame.yields : undefined;
    const any = join(joinAll(frame.yields), frame.yielded);
    return iter(items, any.length === 0 ? unknown : any, endless ? Infinity : items?.length, {
      result,
      code,
    });
  }
  return code.async ? inst('coroutine', result) : result;
}

/** Binds arguments to parameters as a call does; what is not known to be given may be the default. */
function bindArguments(func: FuncAtom, args: Args): Map<string, Value> {
  const bound = new Map<string, Value>();
  const keywords = args.keywords.size === 0 ? undefined : new Map(args.keywords);
  let at = 0;
  for (const param of func.code.params) {
    if (param.star === '*') {
      bound.set(param.name, seq('tuple', args.positional.slice(at), args.rest));
      at = args.positional.length;
      continue;
    }
    if (param.star === '**') {
      const dict = dictAtom();
      for (const [name, value] of keywords ?? []) {
        const [key] = text(name);
        if (key) dict.entries.set(key.key, { name: key, value });
      }
      dict.rest = args.keywordRest;
      bound.set(param.name, [dict]);
      continue;
    }
    const byName = keywords?.get(param.name);
    keywords?.delete(param.name);
    const positional = param.keywordOnly ? undefined : args.positional[at];
    if (positional !== undefined) at++;
    let value = byName ?? positional;
    if (value === undefined) {
      value = joinAll([args.rest, args.keywordRest, func.defaults.get(param.name) ?? []]);
      if (value.length === 0) value = unknown;
    }
    bound.set(param.name, value);
  }
  return bound;
}

/** Walks a function that nothing calls with arguments that may be anything. */
export function walkUncalled(m: Machine, func: FuncAtom): void {
  const bound = new Map<string, Value>();
  func.code.params.forEach((param, at) => {
    let value: Value = join(func.defaults.get(param.name) ?? [], unknown);
    if (at === 0 && func.owner && param.star === '' && func.binding !== 'static')
      value = func.binding === 'class' ? [func.owner] : func.owner.any ? [func.owner.any] : unknown;
    if (param.star === '*') value = seq('tuple', [], unknown);
    if (param.star === '**') value = [{ ...dictAtom(), rest: unknown }];
    bound.set(param.name, value);
  });
  m.called.add(func.code.node);
  m.inFork(() => walkBody(m, func, bound));
}
