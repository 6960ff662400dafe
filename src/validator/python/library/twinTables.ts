import type { ModuleTable } from './moduleTable.ts';

/** Modules of the standard library that are there a second time, written in C. */
const twins = 'operator functools collections queue heapq struct weakref bisect random csv json datetime';

/** The same things under the names of those modules. */
export const twinTables: readonly ModuleTable[] = twins
  .split(' ')
  .map((module) => ({ module, aliases: `_${module}` }));
