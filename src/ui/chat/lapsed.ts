import type { Change } from '../../protocol/change.ts';
import type { Entry } from '../../protocol/chatState.ts';
import { editingCard } from './cardOf.ts';

/** What an entry is in another window than its own: what a change replaced, and an edit, are known there alone. */
export function restored(entry: Entry): Entry {
  if (entry.kind === 'permission') return { ...entry, undoable: false };
  return entry.kind === 'card' ? editingCard(entry, false) : entry;
}

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
