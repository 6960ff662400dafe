import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { isReply } from './tryModel.ts';

const oneMessage = 4000;

/** A conversation as plain text, to be summarised: no blocks, no thoughts, long parts cut. */
export function conversationText(messages: readonly BaseMessage[]): string {
  return messages
    .map((message) => {
      if (HumanMessage.isInstance(message)) return `PERSON: ${short(textOf(message))}`;
      if (ToolMessage.isInstance(message)) return `RESULT: ${short(textOf(message))}`;
      if (!isReply(message)) return '';
      const calls = (message.tool_calls ?? []).map(
        (call) => `\nCALL ${call.name}: ${short(JSON.stringify(call.args))}`,
      );
      return `ASSISTANT: ${short(textOf(message))}${calls.join('')}`;
    })
    .filter((text) => text !== '')
    .join('\n\n');
}

/** The text parts of a message. */
export function textOf(message: BaseMessage): string {
  if (typeof message.content === 'string') return message.content;
  return message.content
    .flatMap((block) => (block.type === 'text' && typeof block['text'] === 'string' ? [block['text']] : []))
    .join('\n');
}

function short(text: string): string {
  if (text.length <= oneMessage) return text;
  return `${text.slice(0, oneMessage / 2).toWellFormed()}\n[…]\n${text.slice(-oneMessage / 2).toWellFormed()}`;
}
