import type { Parsed } from '../parse/tree.ts';
import type { LoadedCheck } from '../sighting.ts';
import type { Sighting } from '../sighting.ts';
import { interpret } from './interpret/interpret.ts';
import { indentationFault } from './syntax/indentation.ts';
import { structureFaults } from './syntax/structure.ts';

const maxDepth = 700;

const maxFaults = 20;

/** What CPython refuses and the grammar reads; where the grammar stopped already, nothing more is said. */
function syntaxOf(parsed: Parsed): Sighting[] {
  if (parsed.error) return [];
  const indentation = indentationFault(parsed);
  const faults = [...(indentation ? [indentation] : []), ...structureFaults(parsed).slice(0, maxFaults)];
  return faults.map((fault) => ({ rule: 'syntax', ...fault, route: [] }));
}

/** The check for Python. */
export const pythonCheck: LoadedCheck = {
  check(parsed, options): readonly Sighting[] {
    const refused = (message: string): Sighting[] => [
      { rule: 'too-complex', start: 0, end: 0, message, route: [] },
    ];
    if (parsed.depth > maxDepth) return refused('The code is nested too deeply to be checked');
    try {
      return [...syntaxOf(parsed), ...interpret(parsed, options)];
    } catch (error) {
      if (error instanceof RangeError) return refused('The code is too intricate to be checked');
      throw error;
    }
  },
  keep: new Set(['async', 'not', 'is', 'in', 'from']),
};
