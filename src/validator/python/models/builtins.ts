import { argument } from '../interpret/arguments.ts';
import { strValue } from '../values/format.ts';
import { isHidden, join, joinAll, oneInt, single, truth } from '../values/join.ts';
import { bool, bytes, dictAtom, float, hidden, int, none, seq, text, unknown } from '../values/make.ts';
import type { Atom, Value } from '../values/value.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { transcode } from './encodings.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { maketrans, textMethod } from './text.ts';
import { formatValue, reprText } from '../values/format.ts';

const first = (call: LibCall): Value =>
  call.args.positional[0] ?? (call.args.rest.length > 0 ? call.args.rest : unknown);

/** Maps each atom of the first argument. */
const each =
  (change: (atom: Atom) => Value | undefined): Model =>
  (call) => {
    const value = first(call);
    if (isHidden(value)) return hidden;
    return joinAll(value.map((atom) => change(atom) ?? unknown));
  };

/** list(), tuple(), set(): everything is taken out of the argument. */
const collect =
  (type: 'list' | 'tuple' | 'set'): Model =>
  (call) => {
    if (call.args.positional.length === 0 && call.args.rest.length === 0) return seq(type, []);
    const items = call.m.parts.iterate(first(call), call.node);
    checkConsumed(call.m, call.node, items.size);
    return items.exact ? seq(type, items.exact) : seq(type, [], items.any);
  };

/** Runs through the argument and gives a number or the like. */
const reduceAll: Model = (call) => {
  const items = call.m.parts.iterate(first(call), call.node);
  checkConsumed(call.m, call.node, items.size);
  return unknown;
};

/** max, min, sorted: items come back, and the key function is called with them. */
const chosen: Model = (call) => {
  const { m, args, node } = call;
  const items = args.positional.length === 1 ? m.parts.iterate(first(call), node) : undefined;
  if (items) checkConsumed(m, node, items.size);
  const any = items ? items.any : joinAll(args.positional);
  const key = args.keywords.get('key');
  if (key) m.parts.call(key, { positional: [any], keywords: new Map(), rest: [], keywordRest: [] }, node);
  const fallback = args.keywords.get('default') ?? [];
  if (call.path.endsWith('sorted')) {
    const reverse = args.keywords.get('reverse');
    const exact = items?.exact;
    if (exact && !key && (reverse === undefined || truth(reverse) !== undefined)) {
      const texts = exact.map((item) => single(item));
      if (texts.every((atom) => atom?.kind === 'text' && !atom.open)) {
        const sorted = texts.map((atom) => (atom?.kind === 'text' ? atom.text : '')).sort();
        if (reverse && truth(reverse) === true) sorted.reverse();
        return seq(
          'list',
          sorted.map((item) => text(item)),
        );
      }
    }
    return seq('list', [], any);
  }
  return join(any, fallback);
};

function hooked(call: LibCall, name: string): Value | undefined {
  const objects = first(call).filter((atom) => atom.kind === 'obj');
  if (objects.length === 0) return undefined;
  const hook = call.m.parts
    .attribute(objects, name, call.node)
    .filter((atom) => atom.kind === 'func' || atom.kind === 'lib');
  if (hook.length === 0) return undefined;
  return call.m.parts.call(hook, { ...call.args, positional: call.args.positional.slice(1) }, call.node);
}

const dunder =
  (name: string, otherwise: Value = unknown): Model =>
  (call) =>
    hooked(call, name) ?? otherwise;

const str: Model = (call) => {
  if (call.args.positional.length === 0) return text('');
  const special = hooked(call, '__str__') ?? hooked(call, '__repr__');
  if (special) return special;
  const encoding = argument(call.args, 1, 'encoding');
  if (encoding) {
    return joinAll(
      first(call).map((atom): Value =>
        atom.kind === 'bytes'
          ? (textMethod(call.m, atom, 'decode', { ...call.args, positional: [encoding] }, call.node) ??
            unknown)
          : unknown,
      ),
    );
  }
  return strValue(first(call));
};

const toBytes: Model = (call) => {
  const value = first(call);
  if (call.args.positional.length === 0) return bytes('');
  return joinAll(
    value.map((atom): Value => {
      if (atom.kind === 'bytes') return [atom];
      if (atom.kind === 'text')
        return (
          textMethod(
            call.m,
            atom,
            'encode',
            { ...call.args, positional: call.args.positional.slice(1) },
            call.node,
          ) ?? unknown
        );
      if (atom.kind !== 'seq' && atom.kind !== 'range' && atom.kind !== 'iter')
        return atom.kind === 'unknown' && atom.hidden ? hidden : unknown;
      const items = call.m.parts.iterate([atom], call.node);
      const numbers = items.exact?.map((item) => oneInt(item));
      if (!numbers || numbers.some((number) => number === undefined || number < 0n || number > 255n))
        return unknown;
      return bytes(numbers.map((number) => String.fromCharCode(Number(number))).join(''));
    }),
  );
};

const toInt: Model = (call) => {
  const base = oneInt(argument(call.args, 1, 'base'));
  const special = hooked(call, '__int__');
  if (special) return special;
  return each((atom) => {
    if (atom.kind === 'int') return [atom];
    if (atom.kind === 'bool') return int(atom.value ? 1 : 0);
    if (atom.kind === 'float')
      return Number.isFinite(atom.value) ? int(BigInt(Math.trunc(atom.value))) : unknown;
    if (atom.kind !== 'text' && atom.kind !== 'bytes') return unknown;
    return parseInteger(atom.text, Number(base ?? 10n));
  })(call);
};

function parseInteger(source: string, base: number): Value {
  const plain = source.trim().replaceAll('_', '').toLowerCase();
  const digits =
    base === 16
      ? plain.replace(/^0x/, '')
      : base === 2
        ? plain.replace(/^0b/, '')
        : base === 8
          ? plain.replace(/^0o/, '')
          : plain;
  if (digits.length > 200 || digits === '') return unknown;
  try {
    if (base === 10 || base === 0) return int(BigInt(digits));
    let value = 0n;
    for (const digit of digits) {
      const number = parseInt(digit, 36);
      if (Number.isNaN(number) || number >= base) return unknown;
      value = value * BigInt(base) + BigInt(number);
    }
    return int(value);
  } catch {
    return unknown;
  }
}

const dict: Model = (call) => {
  const { m, args, node } = call;
  const made = dictAtom();
  const update = m.parts.attribute([made], 'update', node);
  if (args.positional.length > 0 || args.keywords.size > 0) m.parts.call(update, args, node);
  made.rest = join(made.rest, args.keywordRest);
  return [made];
};

/** Conversions, arithmetic and collections of the language itself. */
export const builtinModels: readonly [string, Model][] = [
  ...modelsFor('builtins.', {
    chr: each((atom) =>
      atom.kind === 'int' && atom.value >= 0n && atom.value <= 0x10ffffn
        ? text(String.fromCodePoint(Number(atom.value)))
        : undefined,
    ),
    ord: each((atom) =>
      atom.kind === 'text' || atom.kind === 'bytes'
        ? atom.text.length > 0
          ? int(atom.text.codePointAt(0) ?? 0)
          : undefined
        : undefined,
    ),
    hex: each((atom) =>
      atom.kind === 'int'
        ? text(`${atom.value < 0n ? '-' : ''}0x${(atom.value < 0n ? -atom.value : atom.value).toString(16)}`)
        : undefined,
    ),
    oct: each((atom) =>
      atom.kind === 'int' && atom.value >= 0n ? text(`0o${atom.value.toString(8)}`) : undefined,
    ),
    bin: each((atom) =>
      atom.kind === 'int' && atom.value >= 0n ? text(`0b${atom.value.toString(2)}`) : undefined,
    ),
    str,
    'repr ascii': (call) =>
      hooked(call, '__repr__') ??
      joinAll(
        first(call).map((atom): Value =>
          atom.kind === 'text' && !atom.open ? text(reprText(atom.text)) : strValue([atom]),
        ),
      ),
    'bytes bytearray': toBytes,
    'bytes.fromhex bytearray.fromhex': (call) =>
      each((atom) => (atom.kind === 'text' && !atom.open ? transcode('unhex', atom.text) : hidden))(call),
    'str.maketrans bytes.maketrans': (call) => maketrans(call.args),
    'str.join': (call) => unboundText(call, 'join'),
    'str.format': (call) => unboundText(call, 'format'),
    'str.lower str.upper str.strip str.replace str.translate str.encode str.removeprefix str.removesuffix bytes.decode str.swapcase str.title str.capitalize str.casefold str.format_map':
      (call) => unboundText(call, call.path.slice(call.path.lastIndexOf('.') + 1)),
    int: toInt,
    'int.to_bytes': () => hidden,
    'int.from_bytes': () => unknown,
    float: (call) =>
      hooked(call, '__float__') ??
      each((atom) =>
        atom.kind === 'int' ? float(Number(atom.value)) : atom.kind === 'float' ? [atom] : undefined,
      )(call),
    bool: (call) => {
      const special = hooked(call, '__bool__') ?? hooked(call, '__len__');
      const known = truth(first(call));
      return special || known === undefined ? join(bool(true), bool(false)) : bool(known);
    },
    len: (call) => {
      const special = hooked(call, '__len__');
      if (special) return special;
      const [only] = first(call);
      if (first(call).length !== 1 || only === undefined) return unknown;
      if (only.kind === 'text' || only.kind === 'bytes')
        return only.kind === 'text' && only.open ? unknown : int(Array.from(only.text).length);
      if (only.kind === 'seq')
        return only.rest.length === 0 && only.fork === 0 ? int(only.items.length) : unknown;
      return unknown;
    },
    list: collect('list'),
    tuple: collect('tuple'),
    'set frozenset': collect('set'),
    dict,
    'dict.fromkeys': (call) =>
      call.m.parts.call(call.m.parts.attribute([dictAtom()], 'fromkeys', call.node), call.args, call.node),
    'dict.get dict.items dict.values dict.keys dict.pop dict.setdefault list.append list.pop list.__getitem__ dict.__getitem__ tuple.__getitem__ list.extend dict.update':
      (call) =>
        call.m.parts.call(
          call.m.parts.attribute(first(call), call.path.slice(call.path.lastIndexOf('.') + 1), call.node),
          { ...call.args, positional: call.args.positional.slice(1) },
          call.node,
        ),
    'sum any all': reduceAll,
    'max min sorted': chosen,
    abs: (call) =>
      hooked(call, '__abs__') ??
      each((atom) => (atom.kind === 'int' ? int(atom.value < 0n ? -atom.value : atom.value) : undefined))(
        call,
      ),
    round: (call) =>
      hooked(call, '__round__') ??
      each((atom) =>
        atom.kind === 'int'
          ? [atom]
          : atom.kind === 'float' && call.args.positional.length === 1 && Number.isFinite(atom.value)
            ? int(BigInt(Math.round(atom.value)))
            : undefined,
      )(call),
    pow: (call) =>
      call.args.positional.length === 2
        ? call.m.parts.binary('**', first(call), call.args.positional[1] ?? unknown, call.node)
        : unknown,
    divmod: (call) => {
      const [a, b] = call.args.positional;
      if (!a || !b) return unknown;
      return seq('tuple', [
        call.m.parts.binary('//', a, b, call.node),
        call.m.parts.binary('%', a, b, call.node),
      ]);
    },
    hash: dunder('__hash__'),
    format: (call) =>
      hooked(call, '__format__') ?? formatValue(first(call), '', call.args.positional[1] ?? text('')),
    print: (call) => {
      for (const value of call.args.positional) {
        const objects = value.filter((atom) => atom.kind === 'obj');
        for (const name of objects.length > 0 ? ['__str__', '__repr__'] : []) {
          const hook = call.m.parts
            .attribute(objects, name, call.node)
            .filter((atom) => atom.kind === 'func' || atom.kind === 'lib');
          if (hook.length > 0) {
            call.m.parts.call(
              hook,
              { positional: [], keywords: new Map(), rest: [], keywordRest: [] },
              call.node,
            );
            break;
          }
        }
      }
      return none;
    },
    'input id': () => unknown,
    memoryview: first,
    slice: (call) => {
      const given = call.args.positional;
      const bounds: Value[] =
        given.length === 1
          ? [none, given[0] ?? none, none]
          : [given[0] ?? none, given[1] ?? none, given[2] ?? none];
      return [
        {
          kind: 'inst',
          key: `Ibuiltins.slice(${bounds.map((b) => b.map((a) => a.key).join('|')).join(',')})`,
          path: 'builtins.slice',
          data: bounds,
        },
      ];
    },
  }),
];

function unboundText(call: LibCall, name: string): Value {
  const rest = { ...call.args, positional: call.args.positional.slice(1) };
  return call.m.parts.call(call.m.parts.attribute(first(call), name, call.node), rest, call.node);
}
