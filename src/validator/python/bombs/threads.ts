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
const pools = new Set([
  'concurrent.futures.ThreadPoolExecutor',
  'concurrent.futures.thread.ThreadPoolExecutor',
  'multiprocessing.pool.ThreadPool',
  'multiprocessing.pool.Pool',
  'multiprocessing.dummy.ThreadPool',
  'multiprocessing.dummy.Pool',
]);

/** Threads started in long loops, and pools of too many workers. */
export function checkThreads(m: Machine, path: string, args: Args, node: SyntaxNode): void {
  if (starters.has(path) && m.repeats > manyThreads)
    m.report('bomb.threads', node, `Starts a thread in each of ${m.repeats} rounds`);
  if (starters.has(path)) checkRespawn(m, args, node);
  if (pools.has(path)) {
    const workers = oneInt(argument(args, 0, 'max_workers', 'processes'));
    if (workers !== undefined && workers > BigInt(manyThreads))
      m.report('bomb.threads', node, `Starts ${workers} workers`);
  }
}

/** A function that starts two threads or more of itself: each round has twice as many. */
function checkRespawn(m: Machine, args: Args, node: SyntaxNode): void {
  const targets = argument(args, 1, 'target', 'function') ?? [];
  for (const atom of [...targets, ...(args.positional[0] ?? [])]) {
    if (atom.kind !== 'func' || !m.stack.some((func) => func.code === atom.code)) continue;
    const places = m.respawns.get(atom.code.node) ?? new Set();
    m.respawns.set(atom.code.node, places.add(node.start));
    if (places.size > 1 || m.repeats > 1)
      m.report('bomb.threads', node, `Each thread of \`${atom.code.name}\` starts more of them`);
  }
}
