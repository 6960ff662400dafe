import { checkPadding } from '../bombs/allocation.ts';
import { checkConsumed } from '../bombs/consumption.ts';
import { argument } from '../interpret/arguments.ts';
import { formatValue, reprText, strValue } from '../values/format.ts';
import { join, joinAll, single, truth } from '../values/join.ts';
import { bool, dictAtom, float, hidden, int, none, seq, text, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import { dict, dunder, each, hooked, str, toBytes, toInt } from './conversions.ts';
import { transcode } from './encodings.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor } from './libCall.ts';
import { maketrans } from './textTables.ts';

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
    bytes: toBytes,
    // Its bytes may be changed in place later on, so what it starts with is only one possibility.
    bytearray: (call) => join(toBytes(call) ?? unknown, unknown),
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
    'dict.fromkeys': (call) => {
      checkConsumed(call.m, call.node, call.m.parts.iterate(first(call), call.node).size);
      return call.m.parts.call(
        call.m.parts.attribute([dictAtom()], 'fromkeys', call.node),
        call.args,
        call.node,
      );
    },
    'dict.get dict.items dict.values dict.keys dict.pop dict.setdefault list.append list.pop list.__getitem__ dict.__getitem__ tuple.__getitem__ list.extend dict.update':
      (call) =>
        call.m.parts.call(
          call.m.parts.attribute(first(call), call.path.slice(call.path.lastIndexOf('.') + 1), call.node),
          { ...call.args, positional: call.args.positional.slice(1) },
          call.node,
        ),
    sum: (call) => {
      const start = argument(call.args, 1, 'start');
      if (!start?.some((atom) => atom.kind === 'seq')) return reduceAll(call);
      const rows = call.m.parts.iterate(first(call), call.node);
      const added = (rows.exact ?? [rows.any]).map((row) => call.m.parts.iterate(row, call.node).any);
      return seq('list', [], joinAll([...added, call.m.parts.iterate(start, call.node).any]));
    },
    'any all': reduceAll,
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
    format: (call) => {
      checkPadding(call.m, call.node, call.args.positional[1] ?? []);
      return hooked(call, '__format__') ?? formatValue(first(call), '', call.args.positional[1] ?? text(''));
    },
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
    id: () => unknown,
    // What is typed in is text of which nothing is known.
    input: () => text('', true),
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
