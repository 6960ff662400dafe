// What the program left in its outputs folder: regular files only, within the caps.
import { send, sendJson } from './channel.mjs';

const CHUNK = 1024 * 1024;
const MAX_DEPTH = 8;
const MAX_LOOKED_AT = 20000;
const MAX_NAME_BYTES = 4096;
const encode = TextEncoder.prototype.encode.bind(new TextEncoder());

/** In memory a name may be as long as one likes; Linux ends a whole path here, and the host does not take it. */
export function isTooLong(name) {
  return encode(name).length > MAX_NAME_BYTES;
}

/** Sends every new regular file below `root` and says what was left out. `sent` remembers states. */
export function sendOutputs(FS, root, limits, sent) {
  const left = { bytes: limits.artifactBytes, count: limits.artifactCount, lookedAt: 0 };
  const leftOut = new Map();
  const leaveOut = (reason, name) => {
    const [count, example] = leftOut.get(reason) ?? [0, name.slice(0, 200)];
    leftOut.set(reason, [count + 1, example]);
  };
  const walk = (folder, prefix, depth) => {
    for (const name of FS.readdir(folder).sort()) {
      if (name === '.' || name === '..') continue;
      if (++left.lookedAt > MAX_LOOKED_AT) return leaveOut('too many entries', prefix);
      const path = `${folder}/${name}`;
      const { node } = FS.lookupPath(path, { follow: false });
      if (FS.isLink(node.mode)) leaveOut('a link, or not readable', prefix + name);
      else if (FS.isDir(node.mode)) {
        if (depth >= MAX_DEPTH) leaveOut('nested too deep', prefix + name);
        else walk(path, `${prefix}${name}/`, depth + 1);
      } else if (!FS.isFile(node.mode)) leaveOut('not a regular file', prefix + name);
      else file(path, prefix + name, node);
    }
  };
  const file = (path, name, node) => {
    const size = node.usedBytes ?? 0;
    const state = `${node.mtime?.valueOf?.() ?? 0}/${size}/${node.id}`;
    // Nothing is left out where there is nothing new.
    if (sent.get(name) === state) return;
    if (isTooLong(name)) return leaveOut('the name is too long', name);
    if (left.count <= 0) return leaveOut('too many files', name);
    if (size > left.bytes) return leaveOut('too large', name);
    sent.set(name, state);
    left.count--;
    left.bytes -= size;
    const bytes = FS.readFile(path);
    sendJson('a', { name, bytes: bytes.length });
    for (let at = 0; at < bytes.length; at += CHUNK) send('d', bytes.subarray(at, at + CHUNK));
  };
  const top = FS.analyzePath(root, true);
  if (!top.exists) return;
  if (!FS.isDir(top.object.mode)) {
    sendJson('n', {
      text: 'The outputs folder was replaced by something else, so nothing was taken from it.',
    });
    return;
  }
  walk(root, '', 0);
  for (const [reason, [count, example]] of leftOut) {
    const files = count === 1 ? '1 file' : `${count} files`;
    sendJson('n', { text: `${files} in outputs left out (${reason}): ${JSON.stringify(example)}` });
  }
}
