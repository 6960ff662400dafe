import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';

/** The service takes smaller pictures alone when there are more than twenty. */
const mostImages = 16;
/** Older ones go in groups: each that goes changes what is cached behind it. */
const group = 8;
/** All together, in characters of base64; a request may have 32 MB. */
const mostCharacters = 20_000_000;

/** Shows the model the newest pictures alone. The history keeps them all. */
export function showRecentImages() {
  return createMiddleware({
    name: 'glovebox-recent-images',
    wrapModelCall: (request, handler) =>
      handler({ ...request, messages: withRecentImages(request.messages) }),
  });
}

/** The conversation with a word in the place of each older picture. */
export function withRecentImages(messages: readonly BaseMessage[]): BaseMessage[] {
  const sizes = messages.flatMap((message) => blocksOf(message).flatMap(sizeOf));
  let left = Math.max(sizes.length - fitting(sizes), 0);
  if (left > 0) left = Math.min(Math.ceil(left / group) * group, sizes.length - 1);
  return withoutImages(messages, left);
}

/** The conversation without its first pictures, or without any. */
export function withoutImages(messages: readonly BaseMessage[], count = Infinity): BaseMessage[] {
  let left = count;
  return messages.map((message) => {
    if (left <= 0 || !blocksOf(message).some((block) => sizeOf(block).length > 0)) return message;
    const content = blocksOf(message).map((block): Block => {
      if (sizeOf(block).length === 0 || left <= 0) return block;
      left -= 1;
      return { type: 'text', text: '(A picture that was here is no longer shown.)' };
    });
    return withContent(message, content);
  });
}

/** How many of the newest pictures a request may have. */
function fitting(sizes: readonly number[]): number {
  let characters = 0;
  const newest = sizes.toReversed();
  const over = newest.findIndex((size) => (characters += size) > mostCharacters);
  return Math.min(mostImages, over < 0 ? newest.length : over);
}

type Block = Exclude<BaseMessage['content'], string>[number];

function blocksOf(message: BaseMessage): readonly Block[] {
  return typeof message.content === 'string' ? [] : message.content;
}

function sizeOf(block: Block): number[] {
  return block.type === 'image' ? [JSON.stringify(block).length] : [];
}

function withContent(message: BaseMessage, content: Block[]): BaseMessage {
  const { id, additional_kwargs } = message;
  const kept = { content, additional_kwargs, ...(id === undefined ? {} : { id }) };
  if (!ToolMessage.isInstance(message)) return new HumanMessage(kept);
  const { tool_call_id, name, status } = message;
  return new ToolMessage({
    ...kept,
    tool_call_id,
    ...(name === undefined ? {} : { name }),
    ...(status === undefined ? {} : { status }),
  });
}
