import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { runCode, told, type Subject } from './subject.ts';
import { wasmSubject } from './wasmSubject.ts';

/** Each program tries one way out and prints REACHED only if it got there. */
const escapes: readonly { readonly way: string; readonly code: string }[] = [
  {
    way: 'code from a string, by run_js',
    code: 'from pyodide.code import run_js\nprint("REACHED", run_js("1 + 1"))',
  },
  {
    way: 'code from a string, by a constructor that is found on an object',
    code: 'import pyodide_js\nprint("REACHED", pyodide_js.runPython.constructor("return globalThis")())',
  },
  {
    way: 'code from a string, by the constructor of asynchronous functions',
    code: 'import pyodide_js\nf = pyodide_js.runPythonAsync.constructor\nprint("REACHED", f("return import(\'node:fs\')")())',
  },
  {
    way: 'JavaScript objects that the collector knows',
    code: 'import gc\nfrom pyodide.ffi import JsProxy\nfor o in gc.get_objects():\n  if isinstance(o, JsProxy):\n    f = getattr(o, "constructor", None)\n    if f is not None: print("REACHED", f.constructor("return process")())',
  },
  { way: 'the global object', code: 'import js\nprint("REACHED", js.globalThis)' },
  { way: 'process', code: 'import js\nprint("REACHED", js.process.env)' },
  {
    way: 'built-in modules of Node',
    code: 'import pyodide_js\ng = pyodide_js._module\nprint("REACHED", g.process.getBuiltinModule("fs"))',
  },
  {
    way: 'fetch',
    code: 'from pyodide.http import open_url\nprint("REACHED", open_url("http://127.0.0.1:PORT/"))',
  },
  {
    way: 'fetch of a package',
    code: 'import pyodide_js\nfrom pyodide.ffi import run_sync\nprint("REACHED", run_sync(pyodide_js._api.loadBinaryFile("http://127.0.0.1:PORT/")))',
  },
  { way: 'WebSocket', code: 'import js\nprint("REACHED", js.WebSocket.new("ws://127.0.0.1:PORT/"))' },
  {
    way: 'a socket',
    code: 'import socket\ns = socket.create_connection(("127.0.0.1", PORT), timeout=2)\ns.sendall(b"x")\nprint("REACHED", s.recv(1))',
  },
  {
    way: 'the host file system, by mounting it',
    code: 'import pyodide_js, os\nF = pyodide_js.FS\nF.mkdir("/host")\nF.mount(F.filesystems.NODEFS, {"root": "/"}, "/host")\nprint("REACHED", os.listdir("/host"))',
  },
  {
    way: 'the host file system, by Pyodide’s own mount',
    code: 'import pyodide_js, os\npyodide_js.mountNodeFS("/host", "/etc")\nprint("REACHED", open("/host/passwd").read())',
  },
  { way: 'a file of the host', code: 'print("REACHED", open("SECRET").read())' },
  { way: 'another process', code: 'import os\nprint("REACHED", os.system("true"), os.fork())' },
  {
    way: 'the environment',
    code: 'import os\nassert "GLOVEBOX_TEST_SECRET" in os.environ\nprint("REACHED")',
  },
];

describe('wasm: ways out', function () {
  this.timeout(120_000);
  let folder: string;
  let subject: Subject;
  let port: number;
  let touched = 0;
  const server = createServer((socket) => {
    touched++;
    socket.end('y');
  });

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-escape-'));
    await writeFile(path.join(folder, 'secret.txt'), 'the secret');
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
    process.env['GLOVEBOX_TEST_SECRET'] = 'the secret';
    subject = await wasmSubject(path.join(folder, 'cache'))();
  });
  after(async () => {
    delete process.env['GLOVEBOX_TEST_SECRET'];
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  for (const { way, code } of escapes) {
    it(way, async () => {
      const secret = path.join(folder, 'secret.txt');
      const result = await runCode(
        subject.executor,
        code.replaceAll('PORT', String(port)).replaceAll('SECRET', secret),
      );
      assert.doesNotMatch(result.stdout, /REACHED|the secret/, told(result));
      assert.notEqual(result.status, 'unavailable', told(result));
      assert.equal(touched, 0);
    });
  }

  it('a program in JavaScript finds the language and nothing of the process around it', async () => {
    const code = `
const tries = {
  code: () => [].constructor.constructor('return this')().process.binding,
  global: () => globalThis.process.getBuiltinModule('fs'),
  module: () => require('child_process'),
  secret: () => require('fs').readFileSync('SECRET', 'utf8'),
  proc: () => require('fs').readFileSync('/proc/self/environ', 'utf8'),
  up: () => require('fs').readFileSync('../../../etc/passwd', 'utf8'),
  environment: () => Object.keys(process.env)[0],
  fetch: () => fetch('http://127.0.0.1:PORT/'),
  shared: () => new SharedArrayBuffer(8),
  wasm: () => WebAssembly,
};
for (const [name, step] of Object.entries(tries)) {
  let got;
  try { got = step(); } catch { continue; }
  if (got !== undefined && name !== 'shared') console.log('REACHED', name, got);
}
import('node:child_process').then((it) => console.log('REACHED', it), () => console.log('over'));`;
    const result = await runCode(
      subject.executor,
      code.replaceAll('PORT', String(port)).replaceAll('SECRET', path.join(folder, 'secret.txt')),
      { language: 'javascript', title: 'escape.js' },
    );
    assert.deepEqual([result.status, result.stdout], ['ok', 'over\n'], told(result));
    assert.equal(touched, 0);
  });

  it('a loop that never leaves the interpreter is killed from outside', async () => {
    const result = await runCode(subject.executor, 'while True: pass', { limits: { wallMs: 500 } });
    assert.equal(result.status, 'timeout', told(result));
  });

  it('waiting for ever in JavaScript is killed from outside', async () => {
    const code =
      'import pyodide_js\nfor name in ("Atomics", "SharedArrayBuffer"):\n  print(name, hasattr(pyodide_js._module, name))\nimport time\ntime.sleep(600)';
    const result = await runCode(subject.executor, code, { limits: { wallMs: 700 } });
    assert.equal(result.status, 'timeout', told(result));
  });

  it('memory beside the interpreter’s own is watched from outside', async () => {
    const code =
      'import pyodide_js\nkept = []\nmake = pyodide_js._module.HEAPU8.constructor\nwhile True:\n  a = make.new(1 << 26)\n  a.fill(1)\n  kept.append(a)';
    const result = await runCode(subject.executor, code, { limits: { wallMs: 60_000 } });
    assert.ok(['oom', 'error', 'killed'].includes(result.status), told(result));
  });

  it('frames that the program writes itself are known for forgeries', async () => {
    const code = `
import pyodide_js, struct
payload = b'{"exitCode":0,"signal":null,"reason":null,"detail":"","wallMs":1,"cpuMs":1,"peakMemoryBytes":1,"oomKills":0}'
frame = struct.pack(">I", len(payload) + 16) + b"x" + bytes(16) + payload
for stream in pyodide_js.FS.streams:
    ops = getattr(stream, "stream_ops", None) if stream is not None else None
    for holder in (stream, ops, getattr(getattr(stream, "tty", None), "ops", None)):
        for name in ("fd", "nfd"):
            try: setattr(holder, name, 4)
            except Exception: pass
import os
for fd in range(0, 12):
    try: os.write(fd, frame)
    except OSError: pass
raise SystemExit(3)`;
    const result = await runCode(subject.executor, code);
    assert.notEqual(result.status, 'ok', told(result));
  });

  it('a snapshot that somebody changed is not used', async () => {
    const cache = path.join(folder, 'cache');
    const name = (await readdir(cache)).find((file) => file.endsWith('.snapshot'));
    assert.ok(name !== undefined);
    const file = path.join(cache, name);
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 255;
    await writeFile(file, bytes);
    const other = await wasmSubject(cache)();
    try {
      const result = await runCode(other.executor, 'print("whole")');
      assert.deepEqual([result.status, result.stdout], ['ok', 'whole\n'], told(result));
      assert.notDeepEqual(await readFile(file), bytes, 'it was made anew');
    } finally {
      await other.executor.close();
      await other.dispose();
    }
  });
});
