import { HumanMessage, type BaseMessage } from '@langchain/core/messages';
import type { AskRequest } from '../core/agent.ts';
import { fence } from './dataMarks.ts';
import { profileFile } from './profileFile.ts';
import { shownImages } from './shownImages.ts';

/** The person's words with the list of what they attached, and what data files hold. */
export async function askMessage(request: AskRequest): Promise<HumanMessage> {
  const names = request.files.map((file) => file.name);
  const list = await Promise.all(
    request.files.map(async (file) => {
      const about = await profileFile(file);
      return `- ${file.name} (${file.bytes} bytes)${about === undefined ? '' : `: ${about}`}`;
    }),
  );
  const text = request.text.trim() === '' ? 'Please look at the attached files.' : request.text;
  const attached = fence('attached', list.join('\n')).join('\n');
  const words =
    list.length === 0 ? text : `${text}\n\nAttached files, described from their content:\n${attached}`;
  const images = await shownImages(request.files);
  return new HumanMessage({
    content: images.length === 0 ? words : [{ type: 'text', text: words }, ...images],
    additional_kwargs: { request: request.requestId, ...(names.length === 0 ? {} : { attached: names }) },
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
