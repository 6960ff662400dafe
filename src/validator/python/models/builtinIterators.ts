import { argument } from '../interpret/arguments.ts';
import { join, joinAll, oneInt, single, truth } from '../values/join.ts';
import { argsOf, int, iter, seq, unknown } from '../values/make.ts';
import type { RangeAtom, Value } from '../values/value.ts';
import type { LibCall, Model } from './libCall.ts';
import { first, second } from './libCall.ts';

export const maxCalls = 128;

/** Calls a function of the program or library with each item. */
export function callEach(
  call: LibCall,
  func: Value,
  sources: readonly Value[],
): { exact: Value[] | undefined; any: Value; size: number | undefined } {
  const { m, node } = call;
  const items = sources.map((source) => m.parts.iterate(source, node));
  const sizes = items.map((item) => item.size);
  const known = sizes.length > 0 && call.args.rest.length === 0 && sizes.every((one) => one !== undefined);
  const size = known ? Math.min(...sizes.map((one) => one ?? 0)) : undefined;
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

export const map: Model = (call) => {
  const result = callEach(call, first(call), call.args.positional.slice(1));
  return iter(result.exact, result.any, result.size);
};

export const filter: Model = (call) => {
  const { m, node } = call;
  const items = m.parts.iterate(second(call), node);
  const func = first(call);
  if (func.every((atom) => atom.kind === 'none')) return iter(undefined, items.any, endlessly(items.size));
  const tested = callEach(call, func, [second(call)]);
  const kept = items.exact?.filter((_, at) => truth(tested.exact?.[at] ?? unknown) !== false);
  const certain = tested.exact?.every((value) => truth(value) !== undefined) === true;
  return iter(certain ? kept : undefined, items.any, endlessly(items.size));
};

/** What is picked out of something endless never ends either: the search goes on. */
function endlessly(size: number | undefined): number | undefined {
  return size === Infinity ? size : undefined;
}

export const range: Model = (call) => {
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

export const zip: Model = (call) => {
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

export const enumerate: Model = (call) => {
  const items = call.m.parts.iterate(first(call), call.node);
  const start = Number(oneInt(argument(call.args, 1, 'start')) ?? 0n);
  const rows = items.exact?.map((item, at) => seq('tuple', [int(start + at), item]));
  return iter(rows, rows && rows.length > 0 ? joinAll(rows) : seq('tuple', [unknown, items.any]), items.size);
};

export const next: Model = (call) => {
  const { m, node } = call;
  const results = first(call).map((atom): Value => {
    if (atom.kind === 'obj') return m.parts.call(m.parts.attribute([atom], '__next__', node), argsOf(), node);
    const items = m.parts.iterate([atom], node);
    return items.any;
  });
  return join(joinAll(results), call.args.positional[1] ?? []);
};

/** A function that gives the same constant each time, which is not the one that ends the iteration. */
function neverEqual(value: Value, sentinel: Value): boolean {
  const [a, b] = [single(value), single(sentinel)];
  if (a?.kind !== 'int' && a?.kind !== 'bool' && !(a?.kind === 'text' && !a.open)) return false;
  return b?.kind === a.kind && b.key !== a.key && !(b.kind === 'text' && b.open);
}

export const iterModel: Model = (call) => {
  if (call.args.positional.length === 2) {
    const value = call.m.parts.call(first(call), argsOf(), call.node);
    const maker = single(first(call));
    const fresh =
      maker?.kind === 'lib' && /^builtins\.(int|str|list|dict|float|bool|tuple|object)$/.test(maker.path);
    return iter(undefined, value, fresh || neverEqual(value, second(call)) ? Infinity : undefined);
  }
  const items = call.m.parts.iterate(first(call), call.node);
  return iter(items.exact, items.any, items.size);
};
