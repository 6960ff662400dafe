import type { InputFile } from '../core/proposal.ts';

/** The beginning of a file as text; undefined when it is not text. */
export async function readText(
  file: InputFile,
  mostBytes: number,
): Promise<{ readonly text: string; readonly cut: boolean } | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of file.open()) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= mostBytes) break;
  }
  const all = Buffer.concat(chunks).subarray(0, mostBytes);
  if (all.includes(0)) return undefined;
  const cut = bytes > mostBytes || file.bytes > mostBytes;
  try {
    // A cut may fall into a character; streaming forgives an unfinished end.
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(all, { stream: cut }), cut };
  } catch {
    return { text: new TextDecoder('latin1').decode(all), cut };
  }
}
