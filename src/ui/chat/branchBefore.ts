import type { EntryOf } from '../../protocol/chatState.ts';
import type { ChatParts } from './chatParts.ts';
import { stillSummarised, type Conversation } from './conversation.ts';
import type { ConversationShelf } from './conversationShelf.ts';

/** The new conversation, and the request that it was parted before. */
export interface Branch {
  readonly conversation: Conversation;
  readonly request: EntryOf<'user'>;
}

/** A copy of a conversation up to one of its requests, which the agent knows as well; undefined without the request. */
export async function branchBefore(
  from: Conversation,
  requestId: string,
  shelf: ConversationShelf,
  agent: ChatParts['agent'],
): Promise<Branch | undefined> {
  const request = from.content.entries.find(({ id }) => id === requestId);
  if (request?.kind !== 'user') return undefined;
  const id = crypto.randomUUID();
  const left = await (await agent()).branch?.(from.id, id, from.requestsFrom(requestId));
  const conversation = shelf.branch(from, requestId, id);
  if (left?.inSummary === true) conversation.receive({ kind: 'notice', message: stillSummarised });
  return { conversation, request };
}
