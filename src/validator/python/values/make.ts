import type { Route } from '../../route.ts';
import type { FunctionCode } from './functionCode.ts';
import type {
  Args,
  Atom,
  ClassAtom,
  DictAtom,
  InstAtom,
  IterAtom,
  LibAtom,
  MethodAtom,
  NamespaceAtom,
  ObjAtom,
  SeqAtom,
  TextAtom,
  Value,
} from './value.ts';

/** Longer strings are not followed: nothing dangerous hides its name in them. */
export const maxText = 1 << 16;
const maxBits = 1n << 512n;

const unknownAtom: Atom = { kind: 'unknown', key: '?', hidden: false };
const hiddenAtom: Atom = { kind: 'unknown', key: '?!', hidden: true };

/** Anything at all. */
export const unknown: Value = [unknownAtom];
/** The outcome of decoding that could not be followed: suspicious where a name or code is expected. */
export const hidden: Value = [hiddenAtom];
/** A positive integer that is too large to be followed. */
export const huge: Value = [{ kind: 'unknown', key: '?huge', hidden: false, huge: true }];
export const unbound: Value = [{ kind: 'unbound', key: '-' }];
export const none: Value = [{ kind: 'none', key: 'None' }];
export const nothing: Value = [];

const trueValue: Value = [{ kind: 'bool', key: 'True', value: true }];
const falseValue: Value = [{ kind: 'bool', key: 'False', value: false }];

export function bool(value: boolean): Value {
  return value ? trueValue : falseValue;
}

/** Integers that every program has are made once. */
const small: (Value | undefined)[] = new Array<undefined>(257).fill(undefined);

export function int(value: bigint | number): Value {
  const place = value >= 0 && value < small.length ? Number(value) : -1;
  const known = small[place];
  if (known) return known;
  const big = typeof value === 'bigint' ? value : BigInt(value);
  if (big > maxBits || big < -maxBits) return unknown;
  const made: Value = [{ kind: 'int', key: `i${big}`, value: big }];
  if (place >= 0) small[place] = made;
  return made;
}

export function float(value: number): Value {
  return [{ kind: 'float', key: `f${value}`, value }];
}

export function textAtom(text: string, open = false): TextAtom {
  const cut = text.length > maxText;
  return cut
    ? { kind: 'text', key: `t+${text.slice(0, maxText)}`, text: text.slice(0, maxText), open: true }
    : { kind: 'text', key: `${open ? 't+' : 't='}${text}`, text, open };
}

export function text(value: string, open = false): Value {
  return [textAtom(value, open)];
}

/** Bytes as a string of code units 0 to 255. */
export function bytes(value: string): Value {
  if (value.length > maxText) return unknown;
  return [{ kind: 'bytes', key: `b${value}`, text: value }];
}

export function libAtom(path: string, route?: Route): LibAtom {
  return { kind: 'lib', key: `L${path}`, path, route };
}

export function lib(path: string, route?: Route): Value {
  return [libAtom(path, route)];
}

export function instAtom(path: string, data: readonly Value[] = []): InstAtom {
  return { kind: 'inst', key: `I${path}(${data.map(keyOf).join(',')})`, path, data };
}

export function inst(path: string, ...data: Value[]): Value {
  return [instAtom(path, data)];
}

export function method(self: Atom, name: string): MethodAtom {
  return { kind: 'method', key: `${self.key}.${name}`, self, name };
}

/**
 * Counters of the run under way. A check runs without pause from beginning to end, so one pair serves
 * all: `fork` names the branch that is being walked, and a value made in that branch may be changed in
 * place by it, while others only get additions. `specials` are the special names that any class of the
 * program defines.
 */
export const heap = { next: 0, fork: 0, specials: new Set<string>() };

/** A key for a value with an identity of its own. */
export function freshKey(prefix: string): string {
  return `${prefix}${++heap.next}`;
}

export function seq(type: SeqAtom['type'], items: readonly Value[], rest: Value = nothing): Value {
  return seqOf(type, [...items], rest);
}

/** The same, taking over the items. */
export function seqOf(type: SeqAtom['type'], items: Value[], rest: Value = nothing): Value {
  return [{ kind: 'seq', key: freshKey('s'), fork: heap.fork, type, items, rest }];
}

/** A list of more items than are kept one by one. */
export function seqOfMany(type: SeqAtom['type'], any: Value, many: bigint): SeqAtom {
  return { kind: 'seq', key: freshKey('s'), fork: heap.fork, type, items: [], rest: any, many };
}

export function dictAtom(): DictAtom {
  return {
    kind: 'dict',
    key: freshKey('d'),
    fork: heap.fork,
    entries: new Map(),
    rest: nothing,
    restKeys: nothing,
  };
}

export function objAtom(cls: ClassAtom): ObjAtom {
  return { kind: 'obj', key: freshKey('o'), fork: heap.fork, cls, attrs: new Map() };
}

export function classAtom(name: string, bases: readonly Value[], meta: Value): ClassAtom {
  return {
    kind: 'class',
    key: freshKey('c'),
    name,
    bases,
    meta,
    attrs: new Map(),
    fields: [],
    any: undefined,
  };
}

export function iter(
  items: readonly Value[] | undefined,
  item: Value,
  size?: number,
  more: { result?: Value; code?: FunctionCode | undefined } = {},
): Value {
  const atom: IterAtom = {
    kind: 'iter',
    key: freshKey('g'),
    items,
    item,
    size,
    result: more.result ?? none,
    code: more.code,
  };
  return [atom];
}

export function partial(target: Value, args: Args): Value {
  return [{ kind: 'partial', key: freshKey('p'), target, args }];
}

export function namespace(of: NamespaceAtom['of']): Value {
  const key = 'key' in of ? of.key : `scope${of.id}`;
  return [{ kind: 'namespace', key: `N${key}`, of }];
}

/** The identity of a whole value. */
export function keyOf(value: Value): string {
  return value.length === 1 ? (value[0]?.key ?? '') : value.map((atom) => atom.key).join('|');
}

export const noArgs: Args = { positional: [], keywords: new Map(), rest: nothing, keywordRest: nothing };

/** Positional arguments only. */
export function argsOf(...positional: Value[]): Args {
  return { positional, keywords: noArgs.keywords, rest: nothing, keywordRest: nothing };
}
