import type { Change } from '../../protocol/change.ts';
import type { Entry } from '../../protocol/chatState.ts';

/** Nothing is under way any more: what an entry that still looks so becomes. */
export function lapsed(entry: Entry): readonly Change[] {
  if (entry.kind === 'permission')
    return entry.status === 'waiting' || entry.status === 'allowed'
      ? [{ kind: 'entry', entry: { ...entry, status: 'lapsed' } }]
      : [];
  if (entry.kind !== 'card') return [];
  if (entry.status === 'ended' || entry.status === 'rejected' || entry.status === 'lapsed') return [];
  return [{ kind: 'entry', entry: { ...entry, status: 'lapsed' } }];
}
