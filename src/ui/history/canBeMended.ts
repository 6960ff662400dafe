import type { RunSummary } from '../../core/ports.ts';

/** Ended in a way that the agent could mend. */
export function canBeMended({ status, verdict }: Pick<RunSummary, 'status' | 'verdict'>): boolean {
  if (status === 'rejected') return verdict === 'block';
  return !['running', 'ok', 'cancelled', 'interrupted', 'unavailable'].includes(status);
}
