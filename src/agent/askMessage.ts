import { HumanMessage, type BaseMessage } from '@langchain/core/messages';
import type { AskRequest } from '../core/agent.ts';

/** The person's words with the list of what they attached. */
export function askMessage(request: AskRequest): HumanMessage {
  const names = request.files.map((file) => file.name);
  const list = request.files.map((file) => `- ${file.name} (${file.bytes} bytes)`);
  const text = request.text.trim() === '' ? 'Please look at the attached files.' : request.text;
  return new HumanMessage({
    content: list.length === 0 ? text : `${text}\n\nAttached files:\n${list.join('\n')}`,
    additional_kwargs: names.length === 0 ? {} : { attached: names },
  });
}

/** Every file that was attached in this conversation, by name. */
export function attachedNames(messages: readonly BaseMessage[]): string[] {
  const names = messages.flatMap((message) => {
    const attached: unknown = message.additional_kwargs['attached'];
    return Array.isArray(attached) ? attached.filter((name) => typeof name === 'string') : [];
  });
  return [...new Set(names)];
}
