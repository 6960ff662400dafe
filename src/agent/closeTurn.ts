import { AIMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { isReply } from './isReply.ts';

/**
 * The messages that make an unfinished conversation whole again: every tool call answered, and an
 * answer after the person's last words. Empty when it is whole.
 */
export function closingMessages(messages: readonly BaseMessage[], ending: string): BaseMessage[] {
  const last = messages.at(-1);
  if (last === undefined || (isReply(last) && (last.tool_calls ?? []).length === 0)) return [];
  const answered = new Set(
    messages.flatMap((message) => (ToolMessage.isInstance(message) ? [message.tool_call_id] : [])),
  );
  const calls = messages.findLast((message) => isReply(message));
  const open = (isReply(calls) ? (calls.tool_calls ?? []) : []).filter(
    (call) => call.id !== undefined && !answered.has(call.id),
  );
  return [
    ...open.map(
      (call) =>
        new ToolMessage({
          tool_call_id: call.id ?? '',
          name: call.name,
          content: 'status: cancelled\nThis was stopped before it had a result.',
          status: 'error',
        }),
    ),
    new AIMessage(ending),
  ];
}
