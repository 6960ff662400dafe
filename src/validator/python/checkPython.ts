import type { LoadedCheck } from '../sighting.ts';
import type { Sighting } from '../sighting.ts';
import { interpret } from './interpret/interpret.ts';

const maxDepth = 700;

/** The check for Python. */
export const pythonCheck: LoadedCheck = {
  check(parsed, options): readonly Sighting[] {
    const refused = (message: string): Sighting[] => [
      { rule: 'too-complex', start: 0, end: 0, message, route: [] },
    ];
    if (parsed.depth > maxDepth) return refused('The code is nested too deeply to be checked');
    try {
      return interpret(parsed, options);
    } catch (error) {
      if (error instanceof RangeError) return refused('The code is too intricate to be checked');
      throw error;
    }
  },
  keep: new Set(['async', 'not', 'is', 'in', 'from']),
};
