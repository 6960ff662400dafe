// What may become WebAssembly once programs run: the libraries of the packages that we installed, known by
// their hashes, and the little adapters that ctypes makes for callbacks. A library that a program brings
// along could have a memory of its own, and imports of its own choosing.
import { createHash } from 'node:crypto';

const head = [0, 97, 115, 109, 1, 0, 0, 0, 1];
/** An import `e.f` and an export `f` of the same function, and no code at all. */
const tail = [2, 7, 1, 1, 101, 1, 102, 0, 0, 7, 5, 1, 1, 102, 0, 0];
const longestAdapter = 2048;

const hashOf = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Takes hold of what makes WebAssembly; gives `allow`, to say what is known, and `close`. */
export function watchMachineCode() {
  const known = new Set();
  const { Module } = WebAssembly;
  const state = { closed: false };
  const check = (source) => {
    if (!state.closed || source instanceof Module) return source;
    // A copy, so that what was looked at is what is compiled.
    const bytes = new Uint8Array(ArrayBuffer.isView(source) ? viewed(source) : new Uint8Array(source));
    if (isAdapter(bytes) || known.has(hashOf(bytes))) return bytes;
    throw new Error('only libraries of packages that Glovebox installed can be loaded');
  };
  WebAssembly.Module = new Proxy(Module, {
    construct: (target, [source]) => new target(check(source)),
  });
  for (const name of ['compile', 'instantiate']) {
    const original = WebAssembly[name];
    WebAssembly[name] = (source, ...more) => original.call(WebAssembly, check(source), ...more);
  }
  // They are not in every engine that this runs under, so Pyodide does without in all of them.
  for (const name of ['Suspending', 'promising', 'compileStreaming', 'instantiateStreaming'])
    delete WebAssembly[name];
  return {
    allow: (bytes) => void known.add(hashOf(bytes)),
    close: () => void (state.closed = true),
  };
}

function viewed(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** Between head and tail are the types of one function, in a section whose length reaches to the tail. */
function isAdapter(bytes) {
  const end = bytes.length - tail.length;
  if (bytes.length > longestAdapter || end < head.length + 2) return false;
  if (!head.every((byte, at) => bytes[at] === byte)) return false;
  if (!tail.every((byte, at) => bytes[end + at] === byte)) return false;
  const length = (bytes[head.length] & 127) | (bytes[head.length + 1] << 7);
  return bytes[head.length] >= 128 && bytes[head.length + 1] < 128 && head.length + 2 + length === end;
}
