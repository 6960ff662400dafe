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
