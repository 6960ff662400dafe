/** One way out of the embedded sandbox. It prints REACHED only if it got there. */
export interface Escape {
  readonly way: string;
  /** A statement or more; `PORT` and `SECRET` are filled in. */
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

/** Ways that end in an exception of Python's, so that one program can try them all. */
export const refused: readonly Escape[] = [
  { way: 'code from a string, by run_js', code: 'print("REACHED", pyodide.code.run_js("1 + 1"))' },
  { way: 'a constructor on a function', code: 'pyodide_js.runPython.constructor; print("REACHED")' },
  { way: 'a constructor on an object', code: 'to_js({}).constructor; print("REACHED")' },
  { way: 'a constructor on a proxy', code: 'create_proxy(print).constructor; print("REACHED")' },
  {
    way: 'a setter on every object',
    code: 'to_js({}).constructor.prototype.__defineSetter__("connect", create_proxy(print, capture_this=True)); print("REACHED")',
  },
  { way: 'the converter of dictionaries', code: 'print("REACHED", to_js({"a": 1}, dict_converter=print))' },
  { way: 'the module behind', code: 'pyodide_js._module; print("REACHED")' },
  { way: 'the interface behind', code: 'pyodide_js._api; print("REACHED")' },
  { way: 'the global object', code: 'print("REACHED", js.globalThis)' },
  { way: 'process', code: 'print("REACHED", js.process.env)' },
  { way: 'Atomics', code: 'js.Atomics; print("REACHED")' },
  { way: 'SharedArrayBuffer', code: 'js.SharedArrayBuffer; print("REACHED")' },
  { way: 'import()', code: 'run_sync(pyodide.code.run_js("import(\'node:fs\')")); print("REACHED")' },
  {
    way: 'the C module',
    code: 'import _pyodide_core; print("REACHED", _pyodide_core.to_js({}).constructor)',
  },
  { way: 'a module of JavaScript', code: 'import js.process; print("REACHED")' },
  {
    way: 'fetch',
    code: 'from pyodide.http import open_url\nprint("REACHED", open_url("http://127.0.0.1:PORT/"))',
  },
  { way: 'WebSocket', code: 'js.WebSocket.new("ws://127.0.0.1:PORT/"); print("REACHED")' },
  {
    way: 'a socket',
    code: 'import socket\ns = socket.create_connection(("127.0.0.1", PORT), timeout=2)\ns.sendall(b"x")\nprint("REACHED", s.recv(1))',
  },
  {
    way: 'a datagram',
    code: 'import socket\ns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\nprint("REACHED", s.sendto(b"x", ("127.0.0.1", PORT)))',
  },
  {
    way: 'a server',
    code: 'import socket\ns = socket.socket()\ns.bind(("127.0.0.1", 0))\ns.listen()\nprint("REACHED")',
  },
  {
    way: 'sockets of Node',
    code: 'pyodide_js.useNodeSockFS(); print("REACHED")',
  },
  {
    way: 'the host file system, by mounting it',
    code: 'F = pyodide_js.FS; F.mount(F.filesystems.NODEFS, {"root": "/"}, "/mnt"); print("REACHED")',
  },
  {
    way: 'the host file system, by Pyodide’s own mount',
    code: 'pyodide_js.mountNodeFS("/host", "/etc"); print("REACHED", open("/host/passwd").read())',
  },
  { way: 'a file of the host', code: 'print("REACHED", open("SECRET").read())' },
  { way: 'a descriptor of the realm', code: 'import os\nprint("REACHED", os.read(4, 1), os.write(4, b"x"))' },
  { way: 'fork', code: 'import os\nprint("REACHED", os.fork())' },
  { way: 'a program', code: 'import subprocess\nprint("REACHED", subprocess.run(["true"]))' },
  {
    way: 'the shell',
    code: 'import os\nassert os.system("exit 0") == 0 or os.system("true") == 0\nprint("REACHED")',
  },
  {
    way: 'the shell, by the C library',
    code: 'import ctypes\nassert ctypes.CDLL(None).system(b"true") == 0\nprint("REACHED")',
  },
  {
    way: 'the environment',
    code: 'import os\nassert "GLOVEBOX_TEST_SECRET" in os.environ\nprint("REACHED")',
  },
].map(({ way, code }) => ({ way, code: script + code }));

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
