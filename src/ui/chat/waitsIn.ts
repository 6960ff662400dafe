import type { Change } from '../../protocol/change.ts';
import type { ConversationSummary, Entry } from '../../protocol/chatState.ts';
import type { Content } from './conversationContent.ts';

const asks = (entry: Entry): boolean => entry.kind === 'card' || entry.kind === 'permission';

/** A conversation as the list shows it, with whether something in it waits for the person. */
export function listed({
  conversation: { waits: _, ...conversation },
  entries,
}: Content): ConversationSummary {
  const waits = entries.some((entry) => 'status' in entry && entry.status === 'waiting');
  return waits ? { ...conversation, waits } : conversation;
}

/** Whether the list may have to be drawn anew; what a run goes through changes nothing in it. */
export function changesList(change: Change): boolean {
  if (change.kind === 'conversation' || change.kind === 'truncate') return true;
  if (change.kind !== 'entry' || !asks(change.entry)) return false;
  return change.entry.kind !== 'card' || (change.entry.status !== 'running' && !('progress' in change.entry));
}
