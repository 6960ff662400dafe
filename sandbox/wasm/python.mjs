// Calls into Python by its C interface alone. Bytes go in and bytes come out; no object of one side is
// ever seen by the other, so nothing of this depends on what a program did to the interpreter.
const encoder = new TextEncoder();
const encode = encoder.encode.bind(encoder);
const decoder = new TextDecoder();
const decode = decoder.decode.bind(decoder);
const { parse, stringify } = JSON;

/** Longest answer that is looked at. */
const mostBytes = 16 * 1024 * 1024;

/** Gives the step that calls a Python function of one `bytes`, which is JSON, and parses what it gives. */
export function pythonCalls(module) {
  const {
    _malloc: malloc,
    _free: free,
    _PyBytes_FromStringAndSize: bytesFrom,
    _PyBytes_AsString: addressOf,
    _PyBytes_Size: sizeOf,
    _PyObject_CallOneArg: callOneArg,
    _PyErr_Print: printError,
    _PyErr_Clear: clearError,
    _Py_DecRef: letGo,
  } = module;

  const toPython = (value) => {
    const bytes = encode(stringify(value));
    const at = malloc(bytes.length + 1);
    if (at === 0) return 0;
    module.HEAPU8.set(bytes, at);
    const made = bytesFrom(at, bytes.length);
    free(at);
    return made;
  };

  const fromPython = (made) => {
    const at = addressOf(made);
    const size = at === 0 ? 0 : sizeOf(made);
    if (at === 0 || size < 0 || size > mostBytes) {
      clearError();
      return undefined;
    }
    try {
      return parse(decode(module.HEAPU8.slice(at, at + size)));
    } catch {
      return undefined;
    }
  };

  /** What the function gave; undefined where it raised, or gave something else than JSON. */
  return (fn, value) => {
    const argument = toPython(value);
    const made = argument === 0 ? 0 : callOneArg(fn, argument);
    if (argument !== 0) letGo(argument);
    if (made === 0) {
      printError();
      return undefined;
    }
    const given = fromPython(made);
    letGo(made);
    return given;
  };
}
