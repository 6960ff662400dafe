import { checkConsumed } from '../bombs/consumption.ts';
import { argument } from '../interpret/arguments.ts';
import { join, joinAll, oneInt, single, truth } from '../values/join.ts';
import { argsOf, dictAtom, inst, iter, none, seq, unknown } from '../values/make.ts';
import type { Value } from '../values/value.ts';
import {
  callEach,
  enumerate,
  filter,
  iterModel,
  map,
  maxCalls,
  next,
  range,
  zip,
} from './builtinIterators.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, modelsFor, second } from './libCall.ts';

/** Functions over iterables of the language and of itertools. */
export const iteratorModels: readonly [string, Model][] = [
  ...modelsFor('builtins.', {
    map,
    filter,
    range,
    zip,
    enumerate,
    'next anext': next,
    'iter aiter': iterModel,
    reversed: (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      return iter(items.exact ? [...items.exact].reverse() : undefined, items.any, items.size);
    },
  }),
  ...modelsFor('itertools.', {
    count: () => iter(undefined, unknown, Infinity),
    cycle: (call) => iter(undefined, call.m.parts.iterate(first(call), call.node).any, Infinity),
    repeat: (call) => {
      const times = argument(call.args, 1, 'times');
      const count = oneInt(times);
      const few =
        count !== undefined && count <= 256n
          ? Array.from({ length: Math.max(0, Number(count)) }, () => first(call))
          : undefined;
      return iter(
        few,
        first(call),
        times === undefined ? Infinity : count === undefined ? undefined : Number(count),
      );
    },
    starmap: (call) => {
      const rows = call.m.parts.iterate(second(call), call.node);
      const results = (rows.exact && rows.exact.length <= maxCalls ? rows.exact : [rows.any]).map((row) => {
        const inner = call.m.parts.iterate(row, call.node);
        return call.m.parts.call(
          first(call),
          inner.exact ? argsOf(...inner.exact) : { ...argsOf(), rest: inner.any },
          call.node,
        );
      });
      return iter(rows.exact ? results : undefined, joinAll(results), rows.size);
    },
    'takewhile dropwhile filterfalse': (call) => {
      const items = call.m.parts.iterate(second(call), call.node);
      const tested = callEach(call, first(call), [second(call)]);
      // What is taken while something holds ends where it does not.
      const on = !call.path.endsWith('takewhile') || truth(tested.any) === true;
      return iter(undefined, items.any, on ? endless(items.size) : undefined);
    },
    islice: (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      const end = call.args.positional.length > 2 ? call.args.positional[2] : second(call);
      const stop = oneInt(end);
      const toTheEnd = single(end)?.kind === 'none';
      const start = call.args.positional.length > 2 ? Number(oneInt(second(call)) ?? 0n) : 0;
      const exact =
        call.args.positional.length <= 3 && stop !== undefined
          ? items.exact?.slice(start, Number(stop))
          : undefined;
      return iter(
        exact,
        items.any,
        stop !== undefined
          ? Math.min(Number(stop), items.size ?? Infinity)
          : toTheEnd
            ? items.size
            : undefined,
      );
    },
    chain: (call) => concatenated(call, call.args.positional),
    'chain.from_iterable': (call) => {
      const rows = call.m.parts.iterate(first(call), call.node);
      return rows.exact
        ? concatenated(call, rows.exact)
        : iter(undefined, call.m.parts.iterate(rows.any, call.node).any, endless(rows.size));
    },
    accumulate: (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      const func = argument(call.args, 1, 'func');
      if (!func) return iter(undefined, join(items.any, unknown), items.size);
      let value: Value = items.exact?.[0] ?? items.any;
      const results: Value[] = [value];
      for (const item of items.exact && items.exact.length <= maxCalls ? items.exact.slice(1) : [items.any]) {
        value = call.m.parts.call(func, argsOf(value, item), call.node);
        results.push(value);
      }
      return iter(undefined, joinAll(results), items.size);
    },
    groupby: (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      const key = argument(call.args, 1, 'key');
      const made = key ? call.m.parts.call(key, argsOf(items.any), call.node) : items.any;
      return iter(undefined, seq('tuple', [made, iter(undefined, items.any)]));
    },
    product: (call) => {
      const items = call.args.positional.map((source) => call.m.parts.iterate(source, call.node));
      const times = Number(oneInt(call.args.keywords.get('repeat')) ?? 1n);
      const one = items.reduce((all, item) => all * (item.size ?? NaN), 1);
      const size = one ** times;
      return iter(
        undefined,
        seq('tuple', [], joinAll(items.map((item) => item.any))),
        Number.isNaN(size) ? undefined : size,
      );
    },
    'permutations combinations combinations_with_replacement': (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      const length = Number(
        oneInt(argument(call.args, 1, 'r')) ??
          BigInt(items.size === undefined || items.size === Infinity ? 0 : items.size),
      );
      return iter(undefined, seq('tuple', [], items.any), choices(call.path, items.size, length));
    },
    'tee pairwise batched zip_longest compress': (call) => {
      const endless =
        call.path.endsWith('zip_longest') &&
        call.args.positional.some((source) => call.m.parts.iterate(source, call.node).size === Infinity);
      return iter(
        undefined,
        seq(
          'tuple',
          [],
          joinAll([
            ...call.args.positional.map((source) => call.m.parts.iterate(source, call.node).any),
            call.args.keywords.get('fillvalue') ?? [],
          ]),
        ),
        endless ? Infinity : undefined,
      );
    },
  }),
  ...modelsFor('array.', { 'array ArrayType': () => inst('array.array') }),
  ...modelsFor('collections.', {
    deque: (call) => {
      const items =
        call.args.positional.length === 0 ? undefined : call.m.parts.iterate(first(call), call.node);
      if (argument(call.args, 1, 'maxlen') === undefined || items?.size === Infinity)
        checkConsumed(call.m, call.node, items?.size);
      return seq('list', items?.exact ?? [], items && !items.exact ? items.any : []);
    },
    'OrderedDict UserDict': (call) =>
      call.m.parts.callAtom(
        { kind: 'lib', key: 'Lbuiltins.dict', path: 'builtins.dict', route: undefined },
        call.args,
        call.node,
      ),
    ChainMap: (call) => {
      const made = dictAtom();
      const update = call.m.parts.attribute([made], 'update', call.node);
      for (const layer of [...call.args.positional].reverse())
        call.m.parts.call(update, argsOf(layer), call.node);
      return [made];
    },
    defaultdict: (call) => {
      const made = first(call).every((atom) => atom.kind === 'none')
        ? none
        : call.m.parts.call(first(call), argsOf(), call.node);
      const dict = call.m.parts.callAtom(
        { kind: 'lib', key: 'Lbuiltins.dict', path: 'builtins.dict', route: undefined },
        { ...call.args, positional: call.args.positional.slice(1) },
        call.node,
      );
      for (const atom of dict) if (atom.kind === 'dict') atom.rest = join(atom.rest, made);
      return dict;
    },
  }),
];

/** What goes over something endless has no end either. */
function endless(size: number | undefined): number | undefined {
  return size === Infinity ? size : undefined;
}

function concatenated(call: LibCall, sources: readonly Value[]): Value {
  const items = sources.map((source) => call.m.parts.iterate(source, call.node));
  const exact = items.every((item) => item.exact) ? items.flatMap((item) => item.exact ?? []) : undefined;
  const known = items.every((item) => item.size !== undefined);
  const endless = items.some((item) => item.size === Infinity);
  const size = known ? items.reduce((all, item) => all + (item.size ?? 0), 0) : undefined;
  return iter(exact, joinAll(items.map((item) => item.any)), endless ? Infinity : size);
}

function choices(path: string, size: number | undefined, length: number): number | undefined {
  if (size === undefined) return undefined;
  if (size === Infinity) return Infinity;
  let count = 1;
  for (let n = 0; n < length && n < 200; n++) {
    if (path.endsWith('permutations')) count *= size - n;
    else if (path.endsWith('replacement')) count *= (size + n) / (n + 1);
    else count *= (size - n) / (n + 1);
  }
  return Math.max(0, Math.round(count));
}
