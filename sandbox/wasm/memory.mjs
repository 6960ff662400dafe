// The memory limit from the inside: the WebAssembly memory of the interpreter may grow so far and no
// further, and the program gets a MemoryError. The host watches the process from the outside as well.
const PAGE = 65536;
const { Memory } = WebAssembly;
const growOf = Memory.prototype.grow;

/** Catches the memory that the interpreter makes; gives a handle on its limit. */
export function watchMemory() {
  const state = { limit: Number.POSITIVE_INFINITY, refused: false };
  const call = Function.prototype.call.bind(growOf);
  const bytesOf = Function.prototype.call.bind(
    Object.getOwnPropertyDescriptor(Memory.prototype, 'buffer').get,
  );
  Object.defineProperty(Memory.prototype, 'grow', {
    value(asked) {
      // Once, and for all uses of it.
      const pages = asked >>> 0;
      if (bytesOf(this).byteLength + pages * PAGE > state.limit) {
        state.refused = true;
        throw new RangeError('the memory limit of this sandbox');
      }
      return call(this, pages);
    },
    configurable: false,
    writable: false,
  });
  return state;
}
