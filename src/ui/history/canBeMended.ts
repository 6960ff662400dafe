import type { RunSummary } from '../../core/ports.ts';

/** Ended in a way that the agent could mend. */
export function canBeMended(status: RunSummary['status']): boolean {
  return !['running', 'ok', 'cancelled', 'unavailable'].includes(status);
}
