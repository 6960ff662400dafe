import { entriesAfter, usedBy, type Change } from '../../protocol/change.ts';
import type { ChatState } from '../../protocol/chatState.ts';

/** What a conversation has of the chat's state. */
export type Content = Pick<ChatState, 'conversation' | 'entries' | 'usage' | 'context' | 'busy'>;

/** The content after a change; changes of other parts of the state leave it alone. */
export function stepped(content: Content, change: Change): Content {
  switch (change.kind) {
    case 'conversation':
      return { ...content, conversation: change.conversation };
    case 'busy':
      return { ...content, busy: change.busy };
    case 'usage':
      return { ...content, ...usedBy(change) };
    default:
      return { ...content, entries: entriesAfter(content.entries, change) };
  }
}

/** The first words of a request, as the title of what it begins. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
