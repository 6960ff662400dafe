import type { ContentBlockParam } from '@anthropic-ai/sdk/resources/messages/messages.js';
import type { ScriptedRequest } from './script.ts';

/** The last thing that the person said, without the tool results around it. */
export function lastWords(request: ScriptedRequest): string {
  for (const message of request.body.messages.toReversed()) {
    if (message.role !== 'user') continue;
    const text = blocks(message.content)
      .flatMap((block) => (block.type === 'text' ? [block.text] : []))
      .join('\n');
    if (text !== '') return text;
  }
  return '';
}

/** The texts of the tool results in the newest message; empty when it has none. */
export function toolResults(request: ScriptedRequest): string[] {
  const newest = request.body.messages.at(-1);
  if (newest === undefined) return [];
  return blocks(newest.content).flatMap((block) => {
    if (block.type !== 'tool_result') return [];
    const content = block.content ?? '';
    if (typeof content === 'string') return [content];
    return [content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')];
  });
}

/** The results of every call since the person last spoke, in their order. */
export function resultsSince(request: ScriptedRequest): string[] {
  const { messages } = request.body;
  const spoke = messages.findLastIndex(
    ({ role, content }) => role === 'user' && blocks(content).every(({ type }) => type !== 'tool_result'),
  );
  return messages
    .slice(spoke + 1)
    .flatMap((_, at) =>
      toolResults({ ...request, body: { ...request.body, messages: messages.slice(0, spoke + 2 + at) } }),
    );
}

/** Everything that the messages say. */
export function allText(request: ScriptedRequest): string {
  return request.body.messages
    .flatMap(({ content }) => blocks(content))
    .flatMap((block) => (block.type === 'text' ? [block.text] : []))
    .join('\n');
}

/** How many tool results there are since the person last spoke. */
export function attempts(request: ScriptedRequest): number {
  let count = 0;
  for (const message of request.body.messages.toReversed()) {
    if (message.role !== 'user') continue;
    const results = blocks(message.content).filter((block) => block.type === 'tool_result').length;
    if (results === 0) break;
    count += results;
  }
  return count;
}

function blocks(content: string | readonly ContentBlockParam[]): readonly ContentBlockParam[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}
