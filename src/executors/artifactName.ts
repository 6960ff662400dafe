import { Buffer } from 'node:buffer';

/** Device names that Windows takes for something else than files, whatever their extension. */
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]) *(\.|$)/i;

/** Letters of any script, digits, and a few signs that mean nothing to any file system or shell. */
const unsafe = /[^\p{L}\p{N}\p{M} ._()+=,-]/gu;

const maxCharacters = 100;
/** With a number behind it within what any file system takes, those that encrypt names included. */
const maxBytes = 130;
const maxDepth = 8;

/**
 * Relative paths on the host for names that a sandbox chose: no separators, controls or direction
 * marks, nothing that leaves the folder, nothing that a file system would fold onto another name, and
 * no file where a folder is.
 */
export class HostPaths {
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  /** A path that none had before. */
  take(name: string): string {
    const segments = name
      .split('/')
      .map(safeSegment)
      .filter((segment) => segment !== '');
    const last = segments.pop() ?? 'file';
    let folder = '';
    for (const segment of segments.slice(0, maxDepth)) {
      const found = free(folder, segment, (key) => !this.#files.has(key));
      this.#folders.add(keyOf(found));
      folder = `${found}/`;
    }
    const path = free(folder, last, (key) => !this.#files.has(key) && !this.#folders.has(key));
    this.#files.add(keyOf(path));
    return path;
  }
}

function free(folder: string, name: string, isFree: (key: string) => boolean): string {
  for (let attempt = 0; ; attempt++) {
    const path = folder + (attempt === 0 ? name : numbered(name, attempt));
    if (isFree(keyOf(path))) return path;
  }
}

/** What file systems that don't tell some names apart see in them. */
function keyOf(path: string): string {
  return path.normalize('NFKC').toUpperCase().toLowerCase();
}

function safeSegment(segment: string): string {
  const short = lastOf(segment.normalize('NFC').replace(unsafe, '_'));
  const cleaned = short.replace(/^\.+/, '_').replace(/[. ]+$/, '_');
  return reserved.test(cleaned) ? `_${cleaned}` : cleaned;
}

/** The end, where the extension is, as far as it fits. */
function lastOf(text: string): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const character of [...text].reverse().slice(0, maxCharacters)) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept.unshift(character);
  }
  return kept.join('');
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}
