import { HumanMessage } from '@langchain/core/messages';
import type { AskRequest } from '../core/agent.ts';
import type { AttachedName } from './attachedNames.ts';
import { attachedTexts } from './attachedTexts.ts';
import { cleanOutput } from './cleanOutput.ts';
import { fence } from '../core/dataMarks.ts';
import { asData } from './dataMarks.ts';
import { profileFile } from './profile/profileFile.ts';
import { shownImages } from './shownImages.ts';

/** The person's words with the list of what they attached: what data files hold, and the text of others. */
export async function askMessage(
  request: AskRequest,
  secrets: readonly string[],
  names: readonly AttachedName[],
): Promise<HumanMessage> {
  const profiles = await Promise.all(request.files.map((file) => profileFile(file, secrets)));
  const images = await shownImages(request.files);
  const texts = await attachedTexts(
    request.files.filter((_, index) => profiles[index] === undefined),
    secrets,
  );
  const list = request.files.map((file, index) => {
    const about = profiles[index] ?? (texts.has(file) ? 'its text is below' : undefined);
    const name = cleanOutput(file.name, 300, secrets).replace(/\s+/g, ' ');
    return `- ${name} (${file.bytes} bytes)${about === undefined ? '' : `: ${about}`}`;
  });
  const text = request.text.trim() === '' ? 'Please look at the attached files.' : request.text;
  const attached = ['Attached files, described from their content:', ...fence('attached', list.join('\n'))];
  const content = [...texts.values()].map((each) => asData('file', each));
  const words = [text, ...(list.length === 0 ? [] : [attached.join('\n')]), ...content].join('\n\n');
  return new HumanMessage({
    content: images.length === 0 ? words : [{ type: 'text', text: words }, ...images],
    additional_kwargs: { request: request.requestId, ...(names.length === 0 ? {} : { attached: names }) },
  });
}
