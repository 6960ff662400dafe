// What the program left in its outputs folder: regular files only, within the caps.
import { send, sendJson } from './channel.mjs';

const CHUNK = 1024 * 1024;
const MAX_DEPTH = 8;
const MAX_LOOKED_AT = 20000;
const MAX_NAME_BYTES = 4096;
const ENOENT = 44;
const encode = TextEncoder.prototype.encode.bind(new TextEncoder());

/** In memory a name may be as long as one likes; Linux ends a whole path here, and the host does not take it. */
export function isTooLong(name) {
  return encode(name).length > MAX_NAME_BYTES;
}

/** What the step gives; undefined where the program left it so (by its mode, by too many open files) that it can't be done. */
function tried(step) {
  try {
    return step();
  } catch {
    return undefined;
  }
}

/** Sends every new regular file below `root` and says what was left out. `sent` remembers states. */
export function sendOutputs(FS, root, limits, sent) {
  const left = { bytes: limits.artifactBytes, count: limits.artifactCount, lookedAt: 0 };
  const leftOut = new Map();
  const leaveOut = (reason, name) => {
    const [count, example] = leftOut.get(reason) ?? [0, name.slice(0, 200)];
    leftOut.set(reason, [count + 1, example]);
  };
  const unreadable = (name) => leaveOut('a link, or not readable', name);
  const namesIn = (folder) => tried(() => FS.readdir(folder).sort());
  const walk = (folder, names, prefix, depth) => {
    for (const name of names) {
      if (name === '.' || name === '..') continue;
      if (++left.lookedAt > MAX_LOOKED_AT) return leaveOut('too many entries', prefix);
      entry(`${folder}/${name}`, prefix + name, depth);
    }
  };
  const entry = (path, name, depth) => {
    const node = tried(() => FS.lookupPath(path, { follow: false }).node);
    if (node === undefined || FS.isLink(node.mode)) unreadable(name);
    else if (FS.isDir(node.mode)) {
      if (depth >= MAX_DEPTH) return leaveOut('nested too deep', name);
      const names = namesIn(path);
      if (names === undefined) unreadable(name);
      else walk(path, names, `${name}/`, depth + 1);
    } else if (!FS.isFile(node.mode)) leaveOut('not a regular file', name);
    else file(path, name, node);
  };
  const file = (path, name, node) => {
    const size = node.usedBytes ?? 0;
    const state = `${node.mtime?.valueOf?.() ?? 0}/${size}/${node.id}`;
    // Nothing is left out where there is nothing new.
    if (sent.get(name) === state) return;
    if (isTooLong(name)) return leaveOut('the name is too long', name);
    if (left.count <= 0) return leaveOut('too many files', name);
    if (size > left.bytes) return leaveOut('too large', name);
    const bytes = tried(() => FS.readFile(path));
    if (bytes === undefined) return unreadable(name);
    sent.set(name, state);
    left.count--;
    left.bytes -= size;
    sendJson('a', { name, bytes: bytes.length });
    for (let at = 0; at < bytes.length; at += CHUNK) send('d', bytes.subarray(at, at + CHUNK));
  };
  const top = FS.analyzePath(root, true);
  if (!top.exists && top.error === ENOENT) return;
  if (top.exists && !FS.isDir(top.object.mode)) {
    sendJson('n', {
      text: 'The outputs folder was replaced by something else, so nothing was taken from it.',
    });
    return;
  }
  const names = top.exists ? namesIn(root) : undefined;
  if (names === undefined) {
    sendJson('n', { text: 'The outputs folder is not readable, so nothing was taken from it.' });
    return;
  }
  walk(root, names, '', 0);
  for (const [reason, [count, example]] of leftOut) {
    const files = count === 1 ? '1 file' : `${count} files`;
    sendJson('n', { text: `${files} in outputs left out (${reason}): ${JSON.stringify(example)}` });
  }
}
