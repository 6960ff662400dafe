import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { isReply } from './isReply.ts';

const longestMessage = 4000;
const shortestMessage = 200;

/** A conversation as plain text, to be summarised: no blocks, no thoughts, long parts cut to fit. */
export function conversationText(messages: readonly BaseMessage[], mostCharacters: number): string {
  const each = Math.floor(mostCharacters / Math.max(1, messages.length));
  const most = Math.min(longestMessage, Math.max(shortestMessage, each));
  const short = (text: string): string => shortened(text, most);
  const told = messages
    .map((message) => {
      if (HumanMessage.isInstance(message)) return `${speaker(message)}: ${short(textOf(message))}`;
      if (ToolMessage.isInstance(message)) return `RESULT: ${short(textOf(message))}`;
      if (!isReply(message)) return '';
      const calls = (message.tool_calls ?? []).map(
        (call) => `\nCALL ${call.name}: ${short(JSON.stringify(call.args))}`,
      );
      return `ASSISTANT: ${short(textOf(message))}${calls.join('')}`;
    })
    .filter((text) => text !== '')
    .join('\n\n');
  return shortened(told, Math.max(mostCharacters, longestMessage));
}

/** A summary was written by a model, of results too: it must not be taken for the person's own words. */
function speaker(message: HumanMessage): string {
  return message.additional_kwargs['summarised'] === undefined ? 'PERSON' : 'EARLIER SUMMARY';
}

/** The text parts of a message. */
export function textOf(message: BaseMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content
    .flatMap((block) => (block.type === 'text' && typeof block['text'] === 'string' ? [block['text']] : []))
    .join('\n');
}

function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const half = Math.floor(most / 2);
  return `${text.slice(0, half).toWellFormed()}\n[…]\n${text.slice(-half).toWellFormed()}`;
}
