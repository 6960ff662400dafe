// Freezes the language: what a program can't change, it can't turn against the code of this realm, which
// uses the same objects. Done when all is loaded, because some of what is loaded changes them.

/** Objects that belong to the language and have no name in the global object. */
function hidden() {
  const generator = Object.getPrototypeOf(function* () {});
  const asyncGenerator = Object.getPrototypeOf(async function* () {});
  const iterators = [[], new Map(), new Set(), '', 'a'.matchAll(/a/g)].map((one) =>
    Object.getPrototypeOf(one[Symbol.iterator]()),
  );
  return [
    generator,
    asyncGenerator,
    Object.getPrototypeOf(async function () {}),
    Object.getPrototypeOf(Uint8Array),
    ...iterators,
    Object.getPrototypeOf(iterators[0]),
  ];
}

/** Freezes all that can be reached from the global object and from the language itself. */
export function freezeLanguage() {
  const seen = new Set([globalThis]);
  const waiting = [...hidden()];
  const reach = (value) => {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    if (isObject && !seen.has(value)) {
      seen.add(value);
      waiting.push(value);
    }
  };
  // The interpreter leaves its exit status in this one.
  seen.add(globalThis.process);
  for (const name of Reflect.ownKeys(globalThis)) reachAll(globalThis, name, reach);
  const order = [];
  while (waiting.length > 0) {
    const object = waiting.pop();
    order.push(object);
    reach(Object.getPrototypeOf(object));
    for (const name of Reflect.ownKeys(object)) reachAll(object, name, reach);
  }
  for (const object of order) freeze(object);
  fix(globalThis);
}

function reachAll(object, name, reach) {
  const { value, get, set } = Object.getOwnPropertyDescriptor(object, name) ?? {};
  for (const one of [value, get, set]) reach(one);
}

function freeze(object) {
  // Node itself writes here, and ends the process where it can't.
  if (object === Error) {
    Object.defineProperty(object, 'prepareStackTrace', { value: undefined, writable: false });
    fix(object, 'stackTraceLimit');
    Object.preventExtensions(object);
  } else if (!ArrayBuffer.isView(object)) Object.freeze(object);
}

/** What is there stays as it is; Pyodide and Node may add to it. */
function fix(object, except) {
  for (const name of Reflect.ownKeys(object)) {
    if (name === except) continue;
    const { configurable, ...rest } = Object.getOwnPropertyDescriptor(object, name);
    if (!configurable) continue;
    const fixed = 'value' in rest ? { configurable: false, writable: false } : { configurable: false };
    Object.defineProperty(object, name, fixed);
  }
}
