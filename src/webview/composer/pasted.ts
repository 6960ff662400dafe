/** Text past this is a file and not part of a request. */
const longText = 6000;
const tableLines = 10;

/** The name for pasted text that is better attached; undefined for text that is typed, so to speak. */
export function pastedTextName(text: string, taken: ReadonlySet<string>): string | undefined {
  const ending = endingOf(text);
  if (text.length < longText && (ending === 'txt' || ending === 'json')) return undefined;
  for (let count = 1; ; count += 1) {
    const name = `pasted-${count}.${ending}`;
    if (!taken.has(name)) return name;
  }
}

function endingOf(text: string): 'tsv' | 'csv' | 'json' | 'txt' {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const first = lines.slice(0, 20);
  const each = (mark: string): boolean => {
    const count = (line: string): number => line.split(mark).length - 1;
    const wanted = count(first[0] ?? '');
    return lines.length >= tableLines && wanted > 0 && first.every((line) => count(line) === wanted);
  };
  if (each('\t')) return 'tsv';
  if (each(',')) return 'csv';
  return /^\s*[[{]/.test(text) && parses(text) ? 'json' : 'txt';
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Bytes as the host takes them. */
export async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let binary = '';
  for (let from = 0; from < bytes.length; from += 0x8000)
    binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  return btoa(binary);
}
