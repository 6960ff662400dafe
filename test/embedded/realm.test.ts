import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { processIds } from '../support/leaks.ts';
import { runCode, told } from '../contract/subject.ts';
import { embeddedForSuite } from './embeddedForSuite.ts';

const MiB = 1024 * 1024;

describe('wasm: what its programs can rely on, and what ends them', function () {
  this.timeout(120_000);
  const subject = embeddedForSuite({ shell: 'none' });

  const endless = {
    'a loop that never leaves the interpreter': 'while True: pass',
    'a wait of the C library': 'import time\ntime.sleep(600)',
    'an event loop with nothing to come': 'import asyncio\nasyncio.run(asyncio.Event().wait())',
    'a match that never ends': 'import re\nre.match(r"(a+)+$", "a" * 200 + "b")',
  };
  for (const [what, code] of Object.entries(endless)) {
    it(`${what} is killed from outside`, async () => {
      const result = await runCode(subject.executor, code, { limits: { wallMs: 700 } });
      assert.equal(result.status, 'timeout', told(result));
    });
  }

  it('memory ends at its limit, a little above and a little below', async () => {
    const code = (bytes: number): string => `held = bytearray(${bytes})\nprint("HELD", len(held))`;
    const limits = { memoryBytes: 160 * MiB };
    const above = await runCode(subject.executor, code(170 * MiB), { limits });
    assert.notEqual(above.status, 'ok', told(above));
    assert.doesNotMatch(above.stdout, /HELD/);
    assert.match(above.stderr, /MemoryError/);
    const below = await runCode(subject.executor, code(40 * MiB), { limits });
    assert.equal(below.status, 'ok', told(below));
  });

  it('a pipe that nobody reads has a size', async () => {
    const code =
      'import os\nr, w = os.pipe()\nprint(os.write(w, b"x" * 100000))\ntry: os.write(w, b"x")\nexcept BlockingIOError: print("full")\nprint(len(os.read(r, 100000)))';
    const result = await runCode(subject.executor, code);
    assert.equal(result.stdout, '65536\nfull\n65536\n', told(result));
  });

  it('asyncio runs: sleeping, tasks, threads that there are none of', async () => {
    const code = `
import asyncio
async def step(n):
    await asyncio.sleep(0.01 * n)
    return n
async def main():
    async with asyncio.timeout(5):
        return await asyncio.gather(step(2), step(1), asyncio.to_thread(lambda: 3))
print(asyncio.run(main()))`;
    const result = await runCode(subject.executor, code);
    assert.deepEqual([result.status, result.stdout], ['ok', '[2, 1, 3]\n'], told(result));
  });

  it('random numbers are of each run alone, whatever the memory snapshot', async () => {
    const code = 'import os, random\nprint(random.random(), os.urandom(8).hex())';
    const all = [await runCode(subject.executor, code), await runCode(subject.executor, code)];
    for (const result of all) assert.equal(result.status, 'ok', told(result));
    assert.notEqual(all[0]?.stdout, all[1]?.stdout);
  });

  it('what there is no answer to is said by Python, and the program goes on', async () => {
    const code = `
import ctypes, os, socket
print(os.getuid(), os.system("ls") >> 8, ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda x: x + 1)(41))
try: socket.socket().connect(("127.0.0.1", 9))
except OSError as error: print(error)
import js, pyodide.ffi
try: js.document
except AttributeError as error: print(error)
try: pyodide.ffi.to_js([])
except RuntimeError as error: print(error)`;
    const result = await runCode(subject.executor, code);
    const expected = [
      '1000 127 42',
      '[Errno 40] Network unreachable',
      "module 'js' has no attribute 'document': there is no JavaScript to reach in this sandbox",
      'there is no JavaScript to reach in this sandbox',
    ];
    assert.deepEqual(result.stdout.trim().split('\n'), expected, told(result));
  });

  it('an exit within a session does not come back from a program that lied before', async () => {
    const options = { sessionId: 'liar' };
    const first = await runCode(
      subject.executor,
      'import job\njob._run = lambda *_: ("0", {"x": 1})',
      options,
    );
    assert.equal(first.status, 'ok', told(first));
    const second = await runCode(subject.executor, 'raise SystemExit(3)', options);
    assert.notEqual(second.status, 'ok', told(second));
    assert.equal(second.value, undefined);
  });

  if (process.platform === 'linux') {
    it('a realm whose host is gone is ended where the kernel has no word for it', async () => {
      const script = path.join(import.meta.dirname, 'realmHost.ts');
      const host = spawn(process.execPath, [script, import.meta.dirname], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(host.stdout, 'data')) as [Buffer];
      const realm = Number(line.toString());
      assert.ok((await processIds()).has(realm));
      host.kill('SIGKILL');
      while ((await processIds()).has(realm)) await wait(100);
    });
  }
});
