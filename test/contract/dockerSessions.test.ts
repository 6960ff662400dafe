import assert from 'node:assert/strict';
import { defaultLimits } from '../../src/core/limits.ts';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { putsStayAway } from './plantedLinks.ts';
import { inputFile, runCode, told } from './subject.ts';
import { eventually } from '../support/engine.ts';

describe('docker: sessions', function () {
  this.timeout(120_000);
  let subject: DockerSubject;
  before(async () => (subject = await dockerSubject({ sessionIdleSeconds: 3 })()));
  after(async () => {
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });

  it('keeps variables, imports and files from cell to cell, and shows values', async () => {
    const cell = async (code: string) => runCode(subject.executor, code, { sessionId: 'a' });
    assert.equal((await cell('import math\nx = 20\nopen("kept.txt", "w").write("here")')).value, '4');
    const second = await cell('print(open("kept.txt").read(), math.floor(2.5))\nx + 1');
    assert.deepEqual([second.stdout, second.value, second.status], ['here 2\n', '21', 'ok'], told(second));
    const failed = await cell('y = 5\n1 / 0');
    assert.deepEqual([failed.status, failed.exitCode], ['error', 1]);
    assert.match(failed.stderr, /ZeroDivisionError/);
    assert.equal((await cell('y')).value, '5');
    const left = await cell('import sys; sys.exit(3)');
    assert.deepEqual([left.status, left.exitCode, (await cell('x')).value], ['error', 3, '20']);
  });

  it('gives each cell its own output, metrics and new artifacts', async () => {
    const first = await runCode(subject.executor, 'open("outputs/a.txt", "w").write("a"); print("one")', {
      sessionId: 'b',
      files: [inputFile('in.txt', 'input')],
    });
    const second = await runCode(
      subject.executor,
      'open("outputs/b.txt", "w").write("b"); print(open("in.txt").read())',
      {
        sessionId: 'b',
      },
    );
    assert.deepEqual([first.stdout, second.stdout], ['one\n', 'input\n']);
    assert.deepEqual(
      [first.artifacts, second.artifacts].map((list) => list.map(({ name }) => name)),
      [['a.txt'], ['b.txt']],
    );
    assert.ok(second.metrics.cpuMs < 5000 && second.metrics.peakMemoryBytes > 0);
  });

  it('begins anew in a sandbox of its own where a limit was changed, and says so', async () => {
    const cell = async (code: string, memoryBytes: number) =>
      runCode(subject.executor, code, { sessionId: 'changed', limits: { memoryBytes } });
    await cell('x = 1', 256 * 1024 * 1024);
    const second = await cell('"x" in globals()', 300 * 1024 * 1024);
    assert.equal(second.value, 'False', told(second));
    assert.match(second.notices.join(), /other settings/);
    const third = await cell('"second" in globals()', 300 * 1024 * 1024);
    assert.deepEqual(third.notices, []);
  });

  it('runs nothing that was approved for another kind of sandbox', async () => {
    const request = { runId: 'k', language: 'python', code: 'x = 1', title: 'k.py', files: [] } as const;
    for (const sessionId of [undefined, 'k']) {
      const result = await subject.executor.execute(
        { ...request, limits: defaultLimits, kind: 'gvisor', ...(sessionId && { sessionId }) },
        () => undefined,
        new AbortController().signal,
      );
      assert.equal(result.status, 'unavailable');
      assert.match(result.message ?? '', /approved for the sandbox/);
    }
  });

  it('is shared with no other conversation', async () => {
    await runCode(subject.executor, 'secret = 1; open("secret", "w").close()', { sessionId: 'c' });
    const other = await runCode(
      subject.executor,
      'import os\nprint("secret" in globals(), os.path.exists("secret"))',
      {
        sessionId: 'd',
      },
    );
    assert.equal(other.stdout, 'False False\n');
    const fresh = await runCode(
      subject.executor,
      'import os\nprint("secret" in globals(), os.path.exists("secret"))',
    );
    assert.equal(fresh.stdout, 'False False\n');
  });

  it('an interrupt ends the cell and keeps the state', async () => {
    await runCode(subject.executor, 'z = 7', { sessionId: 'e' });
    let interrupted = false;
    const code = 'import os\nos.write(1, b"go")\nwhile True: pass';
    const result = await runCode(subject.executor, code, {
      sessionId: 'e',
      onEvent: (event) => {
        if (event.kind !== 'output' || interrupted) return;
        interrupted = true;
        void subject.executor.interruptSession('e');
      },
    });
    assert.match(result.stderr, /KeyboardInterrupt/, told(result));
    assert.equal((await runCode(subject.executor, 'z', { sessionId: 'e' })).value, '7');
  });

  it('a timeout ends the session; the next run says that the state is gone', async () => {
    await runCode(subject.executor, 'w = 1', { sessionId: 'f' });
    const late = await runCode(subject.executor, 'while True: pass', {
      sessionId: 'f',
      limits: { wallMs: 500 },
    });
    assert.equal(late.status, 'timeout', told(late));
    const next = await runCode(subject.executor, 'print("w" in globals())', { sessionId: 'f' });
    assert.equal(next.stdout, 'False\n');
    assert.ok(
      next.notices.some((notice) => /gone/.test(notice)),
      told(next),
    );
  });

  it('a Python that dies is replaced, files stay', async () => {
    await runCode(subject.executor, 'v = 1; open("f", "w").close()', { sessionId: 'g' });
    const died = await runCode(subject.executor, 'import os; os._exit(9)', { sessionId: 'g' });
    assert.deepEqual([died.status, died.exitCode], ['error', 9], told(died));
    const next = await runCode(subject.executor, 'import os\nprint("v" in globals(), os.path.exists("f"))', {
      sessionId: 'g',
    });
    assert.equal(next.stdout, 'False True\n', told(next));
  });

  it('a Python that is made anew takes no library from what a program left in the files', async () => {
    // One that waited has imported its libraries; so will its next Python.
    await subject.executor.prepare?.(() => undefined, new AbortController().signal);
    const plant = 'open("pandas.py", "w").write("planted = True"); import os; os._exit(0)';
    await runCode(subject.executor, plant, { sessionId: 'i' });
    const looks = 'import sys\nprint(hasattr(sys.modules["pandas"], "planted"))';
    const next = await runCode(subject.executor, looks, { sessionId: 'i' });
    assert.equal(next.stdout, 'False\n', told(next));
  });

  it('puts no file through a link that a program left', async () => {
    const never = new AbortController().signal;
    const session = await subject.executor.openSession(defaultLimits, never);
    const what = { language: 'python', title: 'cell', files: [], limits: defaultLimits } as const;
    await putsStayAway(session, async (code) =>
      session.run({ ...what, runId: crypto.randomUUID(), code }, () => undefined, never),
    );
    await session.close();
  });

  it('a restart starts with nothing', async () => {
    await runCode(subject.executor, 'u = 1', { sessionId: 'h' });
    await subject.executor.closeSession('h');
    const next = await runCode(subject.executor, 'print("u" in globals())', { sessionId: 'h' });
    assert.deepEqual([next.stdout, next.notices], ['False\n', []], told(next));
  });

  it('runs commands in the same files, and moves files by absolute path', async () => {
    const session = await subject.executor.openSession(defaultLimits, new AbortController().signal);
    const shell = async (code: string) =>
      session.run(
        {
          runId: crypto.randomUUID(),
          language: 'shell',
          code,
          title: 'command',
          files: [],
          limits: defaultLimits,
        },
        () => undefined,
        new AbortController().signal,
      );
    const bytes = new Uint8Array(2_000_000).map((_, index) => index % 250);
    assert.deepEqual(await session.put('/work/sub/data.bin', bytes), { data: Buffer.alloc(0) });
    const listed = await shell('wc -c < sub/data.bin; exit 4');
    assert.deepEqual([listed.stdout, listed.exitCode], ['2000000\n', 4], told(listed));
    const back = await session.get('/work/sub/data.bin');
    assert.ok('data' in back && back.data.equals(bytes));
    assert.deepEqual(await session.get('/work/none'), { error: 'ENOENT' });
    assert.deepEqual(await session.get('/work'), { error: 'EISDIR' });
    assert.deepEqual(await session.put('/etc/passwd', bytes), { error: 'EROFS' });
    await session.close();
    assert.equal(session.alive, false);
  });

  it('ends when nobody uses it', async () => {
    const session = await subject.executor.openSession(defaultLimits, new AbortController().signal);
    assert.ok(session.alive);
    await eventually('the idle session has ended', async () => !session.alive, 30_000);
  });
});
