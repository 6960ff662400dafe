import type { InputFile } from '../core/proposal.ts';
import { mayHoldSecrets } from '../core/secretPath.ts';
import { cleanText } from './cleanOutput.ts';
import { readText } from './readText.ts';

const readBytes = 64 * 1024;
/** Of one file, and of all that come with one message; the rest can be read by read_file or code. */
const mostOfFile = 12_000;
const mostOfAll = 40_000;

/** What programs read has such characters soon. */
const notForReading = /[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/;

/**
 * The texts of attached files as the model may read them, each below its name. What may hold secrets is
 * not among them: the person let programs read it, and the model asks before it does.
 */
export async function attachedTexts(
  files: readonly InputFile[],
  secrets: readonly string[],
): Promise<ReadonlyMap<InputFile, string>> {
  const texts = new Map<InputFile, string>();
  let left = mostOfAll;
  for (const file of files) {
    if (left <= 0) break;
    if (mayHoldSecrets(file) || file.bytes === 0) continue;
    const read = await readText(file, readBytes).catch(() => undefined);
    if (read === undefined || notForReading.test(read.text)) continue;
    const text = cleanText(read.text, secrets);
    const shown = text.slice(0, Math.min(mostOfFile, left)).toWellFormed();
    left -= shown.length;
    const more = read.cut || shown.length < text.length;
    texts.set(file, `${nameOf(file)}\n\n${shown}${more ? '\n[… cut here; read_file reads on …]' : ''}`);
  }
  return texts;
}

function nameOf(file: InputFile): string {
  return `The text of ${cleanText(file.name).replace(/\s+/g, ' ').slice(0, 300)}:`;
}
