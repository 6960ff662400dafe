import { argument } from '../interpret/arguments.ts';
import { join, joinAll, oneInt, truth } from '../values/join.ts';
import { argsOf, dictAtom, int, iter, none, seq, unknown } from '../values/make.ts';
import type { RangeAtom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { modelsFor } from './libCall.ts';
import { checkConsumed } from '../bombs/consumption.ts';

const first = (call: LibCall): Value =>
  call.args.positional[0] ?? (call.args.rest.length > 0 ? call.args.rest : unknown);
const second = (call: LibCall): Value =>
  call.args.positional[1] ?? (call.args.rest.length > 0 ? call.args.rest : unknown);
const maxCalls = 128;

/** Calls a function of the program or library with each item. */
function callEach(
  call: LibCall,
  func: Value,
  sources: readonly Value[],
): { exact: Value[] | undefined; any: Value; size: number | undefined } {
  const { m, node } = call;
  const items = sources.map((source) => m.parts.iterate(source, node));
  const sizes = items.map((item) => item.size);
  const size = sizes.some((one) => one === undefined) ? undefined : Math.min(...sizes.map((one) => one ?? 0));
  const exact =
    items.every((item) => item.exact !== undefined) && size !== undefined && size <= maxCalls && !m.tired;
  if (exact) {
    const results: Value[] = [];
    for (let at = 0; at < size; at++)
      results.push(m.parts.call(func, argsOf(...items.map((item) => item.exact?.[at] ?? unknown)), node));
    return { exact: results, any: joinAll(results), size };
  }
  let any: Value = unknown;
  m.inFork(() => {
    any = m.parts.call(func, argsOf(...items.map((item) => item.any)), node);
  });
  return { exact: undefined, any, size };
}

const map: Model = (call) => {
  const result = callEach(call, first(call), call.args.positional.slice(1));
  return iter(result.exact, result.any, result.size);
};

const filter: Model = (call) => {
  const { m, node } = call;
  const items = m.parts.iterate(second(call), node);
  const func = first(call);
  if (func.every((atom) => atom.kind === 'none')) return iter(undefined, items.any);
  const tested = callEach(call, func, [second(call)]);
  const kept = items.exact?.filter((_, at) => truth(tested.exact?.[at] ?? unknown) !== false);
  const certain = tested.exact?.every((value) => truth(value) !== undefined) === true;
  return iter(certain ? kept : undefined, items.any);
};

const range: Model = (call) => {
  const numbers = call.args.positional.map((value) => oneInt(value));
  const [a, b, c] = numbers;
  if (numbers.length === 0 || numbers.some((number) => number === undefined)) return iter(undefined, unknown);
  const atom: RangeAtom = {
    kind: 'range',
    key: `r${numbers.join(',')}`,
    start: numbers.length === 1 ? 0n : (a ?? 0n),
    stop: numbers.length === 1 ? (a ?? 0n) : (b ?? 0n),
    step: c === undefined || c === 0n ? 1n : c,
  };
  return [atom];
};

const zip: Model = (call) => {
  const items = call.args.positional.map((source) => call.m.parts.iterate(source, call.node));
  const sizes = items.map((item) => item.size);
  const size =
    sizes.length === 0 || sizes.some((one) => one === undefined)
      ? undefined
      : Math.min(...sizes.map((one) => one ?? 0));
  const count = size ?? 0;
  if (size !== undefined && count <= 4096 && items.every((item) => item.exact)) {
    const rows: Value[] = [];
    for (let at = 0; at < count; at++)
      rows.push(
        seq(
          'tuple',
          items.map((item) => item.exact?.[at] ?? unknown),
        ),
      );
    return iter(rows, joinAll(rows), count);
  }
  return iter(
    undefined,
    seq(
      'tuple',
      items.map((item) => item.any),
    ),
    size,
  );
};

const enumerate: Model = (call) => {
  const items = call.m.parts.iterate(first(call), call.node);
  const start = Number(oneInt(argument(call.args, 1, 'start')) ?? 0n);
  const rows = items.exact?.map((item, at) => seq('tuple', [int(start + at), item]));
  return iter(rows, rows && rows.length > 0 ? joinAll(rows) : seq('tuple', [unknown, items.any]), items.size);
};

const next: Model = (call) => {
  const { m, node } = call;
  const results = first(call).map((atom): Value => {
    if (atom.kind === 'obj') return m.parts.call(m.parts.attribute([atom], '__next__', node), argsOf(), node);
    const items = m.parts.iterate([atom], node);
    return items.any;
  });
  return join(joinAll(results), call.args.positional[1] ?? []);
};

const iterModel: Model = (call) => {
  if (call.args.positional.length === 2) {
    const value = call.m.parts.call(first(call), argsOf(), call.node);
    const endless =
      first(call).length === 1 &&
      first(call)[0]?.kind === 'lib' &&
      /^builtins\.(int|str|list|dict|float|bool|tuple|object)$/.test(first(call)[0]?.key.slice(1) ?? '');
    return iter(undefined, value, endless ? Infinity : undefined);
  }
  const items = call.m.parts.iterate(first(call), call.node);
  return iter(items.exact, items.any, items.size);
};

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
      callEach(call, first(call), [second(call)]);
      return iter(undefined, items.any);
    },
    islice: (call) => {
      const items = call.m.parts.iterate(first(call), call.node);
      const stop = oneInt(call.args.positional.length > 2 ? call.args.positional[2] : second(call));
      const start = call.args.positional.length > 2 ? Number(oneInt(second(call)) ?? 0n) : 0;
      const exact =
        call.args.positional.length <= 3 && stop !== undefined
          ? items.exact?.slice(start, Number(stop))
          : undefined;
      return iter(
        exact,
        items.any,
        stop === undefined ? items.size : Math.min(Number(stop), items.size ?? Infinity),
      );
    },
    chain: (call) => concatenated(call, call.args.positional),
    'chain.from_iterable': (call) => {
      const rows = call.m.parts.iterate(first(call), call.node);
      return rows.exact
        ? concatenated(call, rows.exact)
        : iter(undefined, call.m.parts.iterate(rows.any, call.node).any);
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
    'tee pairwise batched zip_longest compress': (call) =>
      iter(
        undefined,
        seq(
          'tuple',
          [],
          joinAll(call.args.positional.map((source) => call.m.parts.iterate(source, call.node).any)),
        ),
      ),
  }),
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

function concatenated(call: LibCall, sources: readonly Value[]): Value {
  const items = sources.map((source) => call.m.parts.iterate(source, call.node));
  const exact = items.every((item) => item.exact) ? items.flatMap((item) => item.exact ?? []) : undefined;
  return iter(exact, joinAll(items.map((item) => item.any)), exact?.length);
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
