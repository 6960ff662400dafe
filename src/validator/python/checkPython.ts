import type { LoadedCheck } from '../sighting.ts';

/** The check for Python. */
export const pythonCheck: LoadedCheck = {
  check: () => [],
  keep: new Set(['async', 'not', 'is', 'in', 'from']),
};
