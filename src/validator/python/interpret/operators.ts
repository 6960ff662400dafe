import type { SyntaxNode } from '../../parse/tree.ts';
import { checkPadding, checkPower, checkRepeat, checkShift } from '../bombs/allocation.ts';
import { percentFormat } from '../values/format.ts';
import { isHidden, isHuge, joinAll, unknownFrom } from '../values/join.ts';
import {
  argsOf,
  bytes,
  dictAtom,
  float,
  hidden,
  inst,
  int,
  seq,
  seqOf,
  seqOfMany,
  text,
  unknown,
} from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import { findMember } from './classes.ts';
import type { Machine } from './machine.ts';
import { hugeNumbers, isNumber, numbers } from './numbers.ts';
import { concatenate } from './strings.ts';

const hooks: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '@': 'matmul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

const unaryHooks: Readonly<Record<string, string>> = {
  'unary-': '__neg__',
  'unary+': '__pos__',
  'unary~': '__invert__',
};

/** A binary operator, or a unary one named `unary-` with no right side; `+=` is the in-place form. */
export function binary(m: Machine, operator: string, left: Value, right: Value, node: SyntaxNode): Value {
  const inPlace = operator.length > 1 && operator.endsWith('=');
  const sign = inPlace ? operator.slice(0, -1) : operator;
  if (operator.startsWith('unary')) return joinAll(left.map((atom) => unaryAtom(m, operator, atom, node)));
  const special = runHooks(m, sign, inPlace, left, right, node);
  if (special !== undefined) return special;
  if (sign === '**') checkPower(m, node, left, right);
  else if (sign === '<<') checkShift(m, node, left, right);
  else if (sign === '*') checkRepeat(m, node, left, right);
  if (left.length === 0 || right.length === 0) return unknown;
  if (left.length * right.length > 36) return unknownFrom(left, right);
  const [only] = left;
  const [other] = right;
  if (left.length === 1 && right.length === 1 && only && other) {
    const made = pair(m, sign, only, other, node);
    return isHidden(left) || isHidden(right) ? hidden : made;
  }
  const results: Value[] = [];
  for (const a of left) for (const b of right) results.push(pair(m, sign, a, b, node));
  const value = joinAll(results);
  return isHidden(left) || isHidden(right) ? hidden : value;
}

/** Special methods of the program's classes; undefined when none takes part. */
function runHooks(
  m: Machine,
  sign: string,
  inPlace: boolean,
  left: Value,
  right: Value,
  node: SyntaxNode,
): Value | undefined {
  if (!left.some(isSpecial) && !right.some(isSpecial)) return undefined;
  const base = hooks[sign];
  if (base === undefined) return undefined;
  const results: Value[] = [];
  const involved = (value: Value, names: readonly string[], other: Value): void => {
    for (const atom of value) {
      const cls = atom.kind === 'obj' ? atom.cls : undefined;
      const metas = atom.kind === 'class' ? atom.meta.filter((meta) => meta.kind === 'class') : [];
      for (const name of names) {
        if (cls && findMember(cls, name))
          results.push(m.parts.call(m.parts.attribute([atom], name, node), argsOf(other), node));
        for (const meta of metas) {
          const hook = findMember(meta, name);
          if (hook)
            results.push(
              m.parts.call(
                hook.map((h): Atom => (h.kind === 'func' ? { ...h, self: atom } : h)),
                argsOf(other),
                node,
              ),
            );
        }
      }
    }
  };
  involved(left, inPlace ? [`__i${base}__`, `__${base}__`] : [`__${base}__`], right);
  involved(right, [`__r${base}__`], left);
  if (results.length > 0) return joinAll(results);
  if (left.some((atom) => atom.kind === 'obj') || right.some((atom) => atom.kind === 'obj'))
    m.parts.escape(argsOf(left, right), 'an operator', node);
  return undefined;
}

function isSpecial(atom: Atom): boolean {
  return atom.kind === 'obj' || atom.kind === 'class';
}

function unaryAtom(m: Machine, operator: string, atom: Atom, node: SyntaxNode): Value {
  if (atom.kind === 'obj') {
    const name = unaryHooks[operator] ?? '';
    return findMember(atom.cls, name)
      ? m.parts.call(m.parts.attribute([atom], name, node), argsOf(), node)
      : unknown;
  }
  if (atom.kind === 'int' || atom.kind === 'bool') {
    const value = BigInt(atom.value);
    return int(operator === 'unary-' ? -value : operator === 'unary~' ? ~value : value);
  }
  if (atom.kind === 'float') return float(operator === 'unary-' ? -atom.value : atom.value);
  return unknownFrom([atom]);
}

function pair(m: Machine, sign: string, a: Atom, b: Atom, node: SyntaxNode): Value {
  if (a.kind === 'inst' && a.path === 'pathlib.Path' && sign === '/')
    return m.parts.call(m.parts.attribute([a], 'joinpath', node), argsOf([b]), node);
  if (b.kind === 'inst' && b.path === 'pathlib.Path' && sign === '/')
    return m.parts.call(m.parts.attribute(inst('pathlib.Path', [a]), 'joinpath', node), argsOf([b]), node);
  if (isNumber(a) && isNumber(b)) return numbers(sign, a, b);
  if ((isHuge(a) && isAmount(b)) || (isHuge(b) && isAmount(a))) return hugeNumbers(sign, a, b);
  if (sign === '+') return add(a, b);
  if (sign === '*') return repeat(a, b);
  if (sign === '%' && (a.kind === 'text' || a.kind === 'bytes')) return percent(m, a, b, node);
  if (sign === '|' && a.kind === 'dict' && b.kind === 'dict') {
    const merged = dictAtom();
    for (const source of [a, b]) {
      for (const [key, entry] of source.entries) merged.entries.set(key, { ...entry });
      merged.rest = joinAll([merged.rest, source.rest]);
      merged.restKeys = joinAll([merged.restKeys, source.restKeys]);
    }
    return [merged];
  }
  if (a.kind === 'seq' && b.kind === 'seq' && a.type === 'set')
    return seq('set', [...a.items, ...b.items], joinAll([a.rest, b.rest]));
  if (sign !== '|' && (a.kind === 'lib' || b.kind === 'lib'))
    m.parts.escape(argsOf([a], [b]), 'an operator', node);
  return unknownFrom([a], [b]);
}

function isAmount(atom: Atom): boolean {
  return isNumber(atom) || isHuge(atom);
}

function add(a: Atom, b: Atom): Value {
  if (a.kind === 'text' || b.kind === 'text') return concatenate([[a], [b]]);
  if (a.kind === 'bytes' && b.kind === 'bytes') return bytes(a.text + b.text);
  if (a.kind === 'seq' && b.kind === 'seq') {
    if (a.rest.length === 0) return seqOf(a.type, a.items.concat(b.items).slice(0, 4096), b.rest);
    return seq(a.type, a.items, joinAll([a.rest, ...b.items, b.rest]));
  }
  if (a.kind === 'seq') return seq(a.type, a.items, joinAll([a.rest, unknown]));
  return unknownFrom([a], [b]);
}

function repeat(a: Atom, b: Atom): Value {
  const times = a.kind === 'int' ? a.value : b.kind === 'int' ? b.value : undefined;
  const what = a.kind === 'int' ? b : a;
  if (what.kind === 'text' || what.kind === 'bytes') {
    if (times === undefined) return unknown;
    const count = times < 0n ? 0 : Number(times);
    if (count * what.text.length > 4096) return text(what.text.repeat(8).slice(0, 64), true);
    return what.kind === 'bytes'
      ? bytes(what.text.repeat(count))
      : text(what.text.repeat(count), what.open && count > 0);
  }
  if (what.kind === 'seq') {
    const all = joinAll([...what.items, what.rest]);
    if (times === undefined) return seq(what.type, [], all);
    if (what.many !== undefined || what.items.length * Number(times) > 512)
      return [seqOfMany(what.type, all, (what.many ?? BigInt(what.items.length)) * times)];
    const items: Value[] = [];
    for (let n = 0n; n < times; n++) items.push(...what.items);
    return seq(what.type, items, what.rest);
  }
  return unknownFrom([a], [b]);
}

function percent(
  m: Machine,
  format: Extract<Atom, { kind: 'text' | 'bytes' }>,
  right: Atom,
  node: SyntaxNode,
): Value {
  if (format.kind === 'text' && format.open) return text(format.text.split('%')[0] ?? '', true);
  const tuple =
    right.kind === 'seq' && right.type === 'tuple'
      ? right.rest.length === 0
        ? right.items
        : undefined
      : [[right] as Value];
  for (const width of format.text.matchAll(/%[-+ #0]*(\d{9,40})/g))
    checkPadding(m, node, text(width[1] ?? ''));
  const made = percentFormat(format.text, tuple, (name) => m.parts.subscript([right], text(name), node));
  if (format.kind === 'text') return made;
  const [only] = made;
  return only?.kind === 'text' && !only.open ? bytes(only.text) : unknown;
}
