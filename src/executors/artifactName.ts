/** Device names that Windows takes for something else than files, whatever their extension. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Letters of any script, digits, and a few signs that mean nothing to any file system or shell. */
const unsafe = /[^\p{L}\p{N}\p{M} ._()+=,-]/gu;

const maxSegment = 100;

/**
 * A relative path on the host for a name that the sandbox chose: no separators, controls or
 * direction marks, nothing that leaves the folder, nothing that a file system would fold onto
 * another name. `taken` holds the paths in use, in lower case, and gets the new one.
 */
export function hostPathFor(name: string, taken: Set<string>): string {
  const segments = name
    .split('/')
    .map(safeSegment)
    .filter((segment) => segment !== '');
  const last = segments.pop() ?? 'file';
  const folder = segments.slice(0, 8);
  for (let attempt = 0; ; attempt++) {
    const path = [...folder, attempt === 0 ? last : numbered(last, attempt)].join('/');
    const key = path.normalize('NFKC').toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return path;
  }
}

function safeSegment(segment: string): string {
  const cleaned = segment
    .normalize('NFC')
    .replace(unsafe, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '_');
  const short = [...cleaned].slice(-maxSegment).join('');
  return reserved.test(short) ? `_${short}` : short;
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`;
}
