import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { RunResult } from '../../src/core/run.ts';
import { runCode, told } from '../contract/subject.ts';
import { sandboxWithout, type Layer } from './undoneSandbox.ts';
import { ownLibrary } from './escapes.ts';
import { wasmSubject } from './wasmSubject.ts';

const script = 'from pyodide.ffi import to_js, create_proxy\nimport pyodide_js\n';
const object = `${script}Object = to_js({}).constructor\n`;

/** Speaks for the realm: an object of its answer is changed when it becomes text. */
const forging = `${object}
def lie(this, key):
    if hasattr(this, "exitCode"): this.exitCode = 0
    return this
Object.prototype.toJSON = create_proxy(lie, capture_this=True)
raise SystemExit(7)`;

/** Gets hold of Node's sockets: the stream for errors is one, and its handle passes a setter of ours. */
const connecting = `
def attack():
    from pyodide.ffi import to_js, create_proxy
    import pyodide_js
    Object = to_js({}).constructor
    kept = []
    def proxy(step, **how):
        kept.append(create_proxy(step, **how))
        return kept[-1]
    options = lambda it: to_js(it, dict_converter=Object.fromEntries)
    found = {}
    def made(this, value):
        Object.defineProperty(this, "handle", options({"value": value, "writable": True}))
        for symbol in Object.getOwnPropertySymbols(value):
            owner = Object.getOwnPropertyDescriptor(value, symbol).value
            if hasattr(owner, "connect"): found["stream"] = owner
    Object.prototype.__defineSetter__("handle", proxy(made, capture_this=True))
    module = pyodide_js._module
    getattr(module.LDSO.loadedLibsByName, "__main__").exports.emscripten_console_warn(module.stringToNewUTF8("x"))
    emitter = found["stream"]
    Socket = emitter.constructor
    while not Object.hasOwn(emitter, "emit"): emitter = Object.getPrototypeOf(emitter)
    original = emitter.emit
    def emit(this, name, *args):
        if name in ("uncaughtExceptionMonitor", "exit"): return False
        if name == "uncaughtException":
            socket = Socket.new()
            socket.on("error", proxy(lambda *_: None))
            socket.connect(options({"port": PORT, "host": "127.0.0.1"}), proxy(lambda *_: socket.write("REACHED")))
            return True
        return original.call(this, name, *args)
    emitter.emit = proxy(emit, capture_this=True)
    def stay(this, key):
        if hasattr(this, "exitCode"): raise RuntimeError("stay")
        return this
    Object.prototype.toJSON = proxy(stay, capture_this=True)
attack()`;

// Each layer must hold by itself, so the others are taken away; with none of them the ways are open, which
// shows that the attacks are real. All of it with nothing of the operating system around.
const never = new AbortController().signal;

describe('wasm: layers', function () {
  this.timeout(120_000);
  let folder: string;
  let port: number;
  let reached: PromiseWithResolvers<string>;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => reached.resolve(data.toString()));
  });

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-layers-'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as { port: number }).port;
  });
  beforeEach(() => (reached = Promise.withResolvers()));
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  /** The sandbox of which these layers are not closed, the same for all that ask for it. */
  const sandboxes = new Map<string, Promise<string>>();
  async function opened(undone: readonly Layer[]): Promise<string> {
    const sandbox = sandboxes.get(undone.join()) ?? sandboxWithout(undone, folder);
    sandboxes.set(undone.join(), sandbox);
    return sandbox;
  }

  /** Runs the code in it. */
  async function without(undone: readonly Layer[], code: string, signal = never): Promise<RunResult> {
    const sandbox = await opened(undone);
    const cache = path.join(sandbox, 'cache');
    const subject = await wasmSubject(cache, { sandbox, shell: 'none', spares: 0, prepared: false })();
    try {
      // Whoever stays alive with a socket of its own never tells an end.
      const limits = { wallMs: 10_000 };
      return await runCode(subject.executor, code.replaceAll('PORT', String(port)), { limits, signal });
    } finally {
      await subject.executor.close();
      await subject.dispose();
    }
  }

  it('with none of them a program tells its own end', async () => {
    const result = await without(['wall', 'doors', 'language'], forging);
    assert.deepEqual([result.status, result.exitCode], ['ok', 0], told(result));
  });

  for (const [kept, undone] of [
    ['the wall', ['doors', 'language']],
    ['the frozen language', ['wall', 'doors']],
  ] as const) {
    it(`with ${kept} alone it can't`, async () => {
      const result = await without(undone, forging);
      assert.notEqual(result.status, 'ok', told(result));
      assert.notEqual(result.exitCode, 0, told(result));
    });
  }

  it('with none of them a program connects to a server of the host', async () => {
    const enough = new AbortController();
    const running = without(['wall', 'doors', 'language'], connecting, enough.signal);
    const got = await Promise.race([reached.promise, running]);
    enough.abort();
    assert.equal(got, 'REACHED', typeof got === 'string' ? got : told(got));
    await running;
  });

  for (const [kept, undone] of [
    ['the wall', ['doors', 'language']],
    ['the frozen language', ['wall', 'doors']],
    ['the closed doors', ['wall', 'language']],
  ] as const) {
    it(`with ${kept} alone it can't`, async () => {
      const running = without(undone, connecting);
      const got = await Promise.race([reached.promise, running]);
      assert.notEqual(got, 'REACHED');
    });
  }

  it('a library that a program brings along is loaded where machine code is not watched', async () => {
    const result = await without(['machineCode'], ownLibrary);
    assert.equal(result.stdout, 'REACHED a library of my own\n', told(result));
    const kept = await without(['wall', 'doors', 'language'], ownLibrary);
    assert.equal(kept.status, 'error', told(kept));
    assert.match(kept.stderr, /only libraries of packages that Glovebox installed/);
  });
});
