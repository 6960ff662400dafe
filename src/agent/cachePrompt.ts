import { HumanMessage, SystemMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';

const mark = { cache_control: { type: 'ephemeral' as const } };

/** The instructions with a cache mark: tools and instructions are the same in every request. */
export function cachedInstructions(text: string): SystemMessage {
  return new SystemMessage({ content: [{ type: 'text', text, ...mark }] });
}

/**
 * Marks the end of the conversation, so that the next request pays for what is new alone. The mark is
 * put on a copy: in the history it would pile up.
 */
export function cachePrompt() {
  return createMiddleware({
    name: 'glovebox-cache-prompt',
    wrapModelCall: (request, handler) => {
      const last = request.messages.at(-1);
      const marked = last === undefined ? undefined : withMark(last);
      return handler(
        marked === undefined ? request : { ...request, messages: [...request.messages.slice(0, -1), marked] },
      );
    },
  });
}

function withMark(message: BaseMessage): BaseMessage | undefined {
  const blocks =
    typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
  const last = blocks.at(-1);
  if (last === undefined || (last.type !== 'text' && last.type !== 'image')) return undefined;
  // The service refuses a mark on text that is none.
  if (last.type === 'text' && (typeof last.text !== 'string' || last.text.trim() === '')) return undefined;
  const content = [...blocks.slice(0, -1), { ...last, ...mark }];
  if (ToolMessage.isInstance(message)) {
    const { tool_call_id, name, status } = message;
    return new ToolMessage({
      content,
      tool_call_id,
      ...(name === undefined ? {} : { name }),
      ...(status === undefined ? {} : { status }),
    });
  }
  return HumanMessage.isInstance(message) ? new HumanMessage({ content }) : undefined;
}
