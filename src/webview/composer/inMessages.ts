import { mostFiles } from '../../protocol/limits.ts';

/** Files in the order they have, as many together as one message of the page takes. */
export function inMessages<File>(files: readonly File[]): readonly File[][] {
  const messages: File[][] = [];
  for (let from = 0; from < files.length; from += mostFiles)
    messages.push(files.slice(from, from + mostFiles));
  return messages;
}
