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

/**
 * The same with whether an answer runs in it, which is known of this window alone and never kept: it would be
 * said for ever of one whose window broke off.
 */
export function listedNow(content: Content): ConversationSummary {
  const summary = listed(content);
  return content.busy && summary.waits !== true ? { ...summary, works: true } : summary;
}

/** Whether the list may have to be drawn anew; what a run goes through changes nothing in it. */
export function changesList(change: Change): boolean {
  if (change.kind === 'conversation' || change.kind === 'truncate' || change.kind === 'busy') return true;
  if (change.kind !== 'entry' || !asks(change.entry)) return false;
  return change.entry.kind !== 'card' || (change.entry.status !== 'running' && !('progress' in change.entry));
}
