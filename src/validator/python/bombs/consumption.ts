import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import type { Args } from '../values/value.ts';

/** Rounds that take longer than any run may. */
export const hugeRounds = 1_000_000_000;

/** Calls that run through all that they are given first. */
const consumers = new Set(
  `collections.Counter functools.reduce math.fsum math.prod statistics.mean statistics.fmean statistics.median
  statistics.stdev random.shuffle array.array numpy.fromiter numpy.array pandas.DataFrame pandas.Series
  asyncio.gather heapq.nlargest heapq.nsmallest`.split(/\s+/),
);

/** Endless or absurdly long arguments of library calls that take everything. */
export function checkConsumer(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  if (!consumers.has(path)) return;
  const last = /reduce|array\.array|heapq/.test(path) ? 1 : 0;
  for (const atom of args.positional[last] ?? []) {
    const columns = atom.kind === 'dict' ? [...atom.entries.values()].map((entry) => entry.value) : [[atom]];
    for (const column of columns)
      if (column.every((one) => one.kind === 'iter' || one.kind === 'range'))
        checkConsumed(m, node, m.parts.iterate(column, node).size);
  }
}

/** Something is taken to its end: that end must exist and be near enough. */
export function checkConsumed(m: Machine, node: SyntaxNode, size: number | undefined): void {
  if (size === undefined || size < hugeRounds) return;
  if (size === Infinity) m.report('bomb.loop', node, 'Collects something that never ends');
  else m.report('bomb.memory', node, `Collects ${size.toExponential(0)} items`);
}
