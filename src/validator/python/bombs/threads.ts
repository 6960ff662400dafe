import type { SyntaxNode } from '../../parse/tree.ts';
import type { Machine } from '../interpret/machine.ts';
import { argument } from '../interpret/arguments.ts';
import { oneInt } from '../values/join.ts';
import type { Args } from '../values/value.ts';

/** More than a program that waits on many things at once ever needs. */
const manyThreads = 500;
const starters = new Set([
  'threading.Thread',
  'threading.Timer',
  '_thread.start_new_thread',
  '_thread.start_new',
  '_thread.start_joinable_thread',
]);
const pools =
  /^(concurrent\.futures\.(thread\.)?ThreadPoolExecutor|multiprocessing\.(pool|dummy)\.(ThreadPool|Pool))$/;

/** Threads started in long loops, and pools of too many workers. */
export function checkThreads(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  if (starters.has(path) && m.repeats > manyThreads)
    m.report('bomb.threads', node, `Starts a thread in each of ${m.repeats} rounds`);
  if (pools.test(path)) {
    const workers = oneInt(argument(args, 0, 'max_workers', 'processes'));
    if (workers !== undefined && workers > BigInt(manyThreads))
      m.report('bomb.threads', node, `Starts ${workers} workers`);
  }
}
