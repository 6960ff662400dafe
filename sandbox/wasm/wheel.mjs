// Reads archives of packages: zip files, whose hash has been looked at before.
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const longestComment = 65_535;
const STORED = 0;
const DEFLATED = 8;
const decoder = new TextDecoder();

/** Every file of the archive: its name and its bytes. Throws where it is none that we can read. */
export function* filesOf(archive) {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endOf(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== ENTRY) throw new Error('a broken archive');
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      view.getUint16(at + field, true),
    );
    const name = decoder.decode(archive.subarray(at + entryBytes, at + entryBytes + nameBytes));
    const local = view.getUint32(at + 42, true);
    const data = local + localBytes + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    at += entryBytes + nameBytes + extraBytes + commentBytes;
    if (name.endsWith('/')) continue;
    yield { name: plain(name), bytes: unpacked(archive.subarray(data, data + packed), method, size) };
  }
}

function endOf(view) {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= Math.max(0, last - longestComment); at--) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new Error('not an archive');
}

function unpacked(bytes, method, size) {
  if (method === STORED) return bytes.slice();
  if (method !== DEFLATED) throw new Error('an archive packed in a way that is not known');
  return new Uint8Array(inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) }));
}

function plain(name) {
  const parts = name.split('/');
  if (name.includes('\\') || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new Error('an archive with a name that leads elsewhere');
  return name;
}
