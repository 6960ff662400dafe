/** One way out of the embedded sandbox. It prints REACHED only if it got there. */
export interface Escape {
  readonly way: string;
  /** A statement or more; `PORT`, and `FOLDER` with its `secret.txt`, are filled in. */
  readonly code: string;
}

/** A library of WebAssembly with a memory of its own, which no limit would know of. */
export const ownLibrary = `
import ctypes
section = b"\\x08dylink.0" + bytes([1, 4, 0, 0, 0, 0])
code = b"\\0asm\\1\\0\\0\\0" + bytes([0, len(section)]) + section + bytes([5, 3, 1, 0, 1])
open("/work/own.so", "wb").write(code)
ctypes.CDLL("/work/own.so")
print("REACHED a library of my own")`;

const script = 'from pyodide.ffi import to_js, create_proxy, run_sync\nimport js, pyodide_js, pyodide.code\n';

const ofNode = (name: string): string => `js.process.getBuiltinModule("node:${name}")`;

/**
 * Ways that end in an exception of Python's, so that one program can try them all. Each of them gets
 * through in Pyodide as it is used without us, which a test shows.
 */
export const refused: readonly Escape[] = [
  { way: 'code from a string, by run_js', code: 'print("REACHED", pyodide.code.run_js("1 + 1"))' },
  { way: 'a constructor on a function', code: 'pyodide_js.runPython.constructor; print("REACHED")' },
  { way: 'a constructor on an object', code: 'to_js({}).constructor; print("REACHED")' },
  { way: 'a constructor on a proxy', code: 'create_proxy(print).constructor; print("REACHED")' },
  { way: 'the converter of dictionaries', code: 'print("REACHED", to_js({"a": 1}, dict_converter=print))' },
  { way: 'the module behind', code: 'pyodide_js._module; print("REACHED")' },
  { way: 'the interface behind', code: 'pyodide_js._api; print("REACHED")' },
  { way: 'the global object', code: 'print("REACHED", js.globalThis)' },
  { way: 'process', code: 'print("REACHED", js.process.pid)' },
  { way: 'Atomics', code: 'js.Atomics; print("REACHED")' },
  { way: 'SharedArrayBuffer', code: 'js.SharedArrayBuffer; print("REACHED")' },
  { way: 'import()', code: 'run_sync(pyodide.code.run_js("import(\'node:fs\')")); print("REACHED")' },
  {
    way: 'the C module',
    code: 'import _pyodide_core; print("REACHED", _pyodide_core.to_js({}).constructor)',
  },
  { way: 'a module of JavaScript', code: 'import js.process; print("REACHED")' },
  { way: 'fetch', code: 'print("REACHED", run_sync(js.fetch("http://127.0.0.1:PORT/")).status)' },
  {
    way: 'fetch, by Pyodide’s own library',
    code: 'from pyodide.http import pyfetch\nprint("REACHED", run_sync(pyfetch("http://127.0.0.1:PORT/")).status)',
  },
  { way: 'WebSocket', code: 'js.WebSocket.new("ws://127.0.0.1:PORT/"); print("REACHED")' },
  {
    way: 'a socket',
    code: 'import socket\nprint("REACHED", socket.create_connection(("127.0.0.1", PORT), timeout=2))',
  },
  {
    way: 'a datagram',
    code: 'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nprint("REACHED", s.sendto(b"x", ("127.0.0.1", PORT)))',
  },
  {
    way: 'a server',
    code: 'import socket\ns = socket.socket()\ns.bind(("127.0.0.1", 0))\ns.listen()\nprint("REACHED")',
  },
  { way: 'sockets of Node', code: 'pyodide_js.useNodeSockFS(); print("REACHED")' },
  {
    way: 'the host file system, by mounting it',
    code: 'F = pyodide_js.FS\nF.mkdirTree("/mnt/host")\nF.mount(F.filesystems.NODEFS, to_js({"root": "FOLDER"}, dict_converter=js.Object.fromEntries), "/mnt/host")\nprint("REACHED", open("/mnt/host/secret.txt").read())',
  },
  {
    way: 'the host file system, by Pyodide’s own mount',
    code: 'pyodide_js.mountNodeFS("/host", "FOLDER"); print("REACHED", open("/host/secret.txt").read())',
  },
  {
    way: 'a file of the host',
    code: `print("REACHED", ${ofNode('fs')}.readFileSync("FOLDER/secret.txt", "utf8"))`,
  },
  { way: 'a descriptor of the realm', code: `${ofNode('fs')}.writeSync(1, "REACHED\\n")` },
  { way: 'a signal', code: 'print("REACHED", js.process.kill(js.process.ppid, 0))' },
  { way: 'a program', code: `${ofNode('child_process')}.spawnSync("true").status; print("REACHED")` },
  { way: 'a thread', code: `${ofNode('worker_threads')}.Worker; print("REACHED")` },
  {
    way: 'the shell',
    code: 'import os\nassert os.system("exit 0") == 0 or os.system("true") == 0\nprint("REACHED")',
  },
  {
    way: 'the shell, by the C library',
    code: 'import ctypes\nassert ctypes.CDLL(None).system(b"true") == 0\nprint("REACHED")',
  },
  { way: 'the environment', code: 'print("REACHED", js.process.env.GLOVEBOX_TEST_SECRET)' },
  // Last: no JavaScript around can connect any more once it is through.
  {
    way: 'a setter on every object',
    code: 'to_js({}).constructor.prototype.__defineSetter__("connect", create_proxy(print, capture_this=True)); print("REACHED")',
  },
].map(({ way, code }) => ({ way, code: script + code }));

/** All of them in one program, which says what it tried and did not get. */
export function together(escapes: readonly Escape[]): string {
  const tries = escapes.flatMap(({ way, code }) => [
    'try:',
    ...code.split('\n').map((line) => `    ${line}`),
    'except Exception as error:',
    `    print("tried", ${JSON.stringify(way)})`,
  ]);
  return tries.join('\n');
}

const library = 'import ctypes\nlibrary = ctypes.CDLL(None)\n';

/** Ways around the interface of Python: the wall stops them, and the interpreter with them. */
export const stopped: readonly Escape[] = [
  {
    way: 'an object of JavaScript that Pyodide left in a module',
    code: 'import pyodide.webloop\nprint("REACHED", pyodide.webloop.scheduleCallback.constructor)',
  },
  {
    way: 'a function of JavaScript that Pyodide left in a module',
    code: 'import pyodide.webloop\nprint("REACHED", pyodide.webloop.scheduleCallback(print, 0))',
  },
  {
    way: 'writing to an object of JavaScript',
    code: 'import pyodide._package_loader as p\np.loadedPackages.x = 1\nprint("REACHED")',
  },
  {
    way: 'an object of JavaScript, found by the collector',
    code: 'import gc, pyodide.ffi\nfor held in [o for o in gc.get_objects() if type(o) is dict]:\n  for o in list(held.values()):\n    if isinstance(o, pyodide.ffi.JsProxy):\n      print("REACHED", o.constructor)',
  },
  {
    way: 'the original functions, found by the collector',
    code: 'import gc\nfor o in gc.get_objects():\n  if type(o).__name__ == "builtin_function_or_method" and o.__name__ == "to_js":\n    print("REACHED", o({}))',
  },
  ...[
    ['code from a string', 'emscripten_run_script(b"1")'],
    ['code from a string, for a number', 'emscripten_run_script_int(b"1")'],
    ['the code that was compiled in', 'emscripten_asm_const_int(0, 0, 0)'],
    ['a new object', 'JsvObject_New()'],
    ['a property', '_JsObject_Set_js(1, 2, 3)'],
    ['calling a function', 'raw_call_js(1)'],
    ['a timer', 'emscripten_set_timeout(1, 1, 1)'],
    ['loading in the background', '_emscripten_dlopen_js(1, 1, 1, 1)'],
  ].map(([way = '', call = '']) => ({
    way: `${way}, by ctypes`,
    code: `${library}print("REACHED", library.${call})`,
  })),
];
