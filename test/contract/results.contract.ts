import assert from 'node:assert/strict';
import type { RunStatus } from '../../src/core/run.ts';
import { runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

interface Truth {
  readonly what: string;
  readonly code: string;
  readonly status: RunStatus;
  readonly exitCode: number | null;
  readonly signal?: string;
  readonly stdout?: string;
  readonly stderr?: RegExp;
  readonly needsProcesses?: boolean;
}

const truths: readonly Truth[] = [
  {
    what: 'a program that ends',
    code: 'print("hé", "世界", "🙂")',
    status: 'ok',
    exitCode: 0,
    stdout: 'hé 世界 🙂\n',
  },
  { what: 'an empty program', code: '', status: 'ok', exitCode: 0, stdout: '' },
  {
    what: 'an uncaught exception',
    code: 'raise KeyError("k")',
    status: 'error',
    exitCode: 1,
    stderr: /KeyError: 'k'/,
  },
  { what: 'a syntax error', code: 'x = (', status: 'error', exitCode: 1, stderr: /SyntaxError/ },
  { what: 'a null byte', code: 'x = "\0"', status: 'error', exitCode: 1, stderr: /SyntaxError|ValueError/ },
  {
    what: 'sys.exit with a text',
    code: 'import sys; sys.exit("why")',
    status: 'error',
    exitCode: 1,
    stderr: /^why\n$/,
  },
  { what: 'sys.exit with None', code: 'import sys; sys.exit()', status: 'ok', exitCode: 0 },
  { what: 'sys.exit past 255', code: 'import sys; sys.exit(256 + 7)', status: 'error', exitCode: 7 },
  { what: 'sys.exit below 0', code: 'import sys; sys.exit(-1)', status: 'error', exitCode: 255 },
  {
    what: 'os._exit',
    code: 'import os; print("lost"); os._exit(3)',
    status: 'error',
    exitCode: 3,
    needsProcesses: true,
  },
  {
    what: 'an exception in atexit',
    code: 'import atexit\n@atexit.register\ndef f(): raise RuntimeError("late")\nprint("done")',
    status: 'ok',
    exitCode: 0,
    stdout: 'done\n',
    stderr: /RuntimeError: late/,
  },
  {
    what: 'an exception in a thread',
    code: 'import threading\ndef f(): raise RuntimeError("aside")\nt = threading.Thread(target=f); t.start(); t.join()',
    status: 'ok',
    exitCode: 0,
    stderr: /RuntimeError: aside/,
    needsProcesses: true,
  },
  {
    what: 'a thread that outlives the main one',
    code: 'import threading, time\ndef f():\n  time.sleep(0.2); print("late")\nthreading.Thread(target=f).start()',
    status: 'ok',
    exitCode: 0,
    stdout: 'late\n',
    needsProcesses: true,
  },
  { what: 'a closed sys.stdout', code: 'import sys; sys.stdout.close()', status: 'ok', exitCode: 0 },
  {
    what: 'a closed descriptor of stdout',
    code: 'import os, sys; sys.stdout.reconfigure(line_buffering=False); print("x"); os.close(1)',
    status: 'error',
    exitCode: 120,
    needsProcesses: true,
  },
  {
    what: 'a finaliser and a file that nobody closed',
    code: 'class A:\n  def __del__(self): print("gone")\na = A()\nf = open("outputs/kept.txt", "w"); f.write("kept")',
    status: 'ok',
    exitCode: 0,
    stdout: 'gone\n',
  },
  {
    what: 'a segmentation fault',
    code: 'import os, signal; os.kill(os.getpid(), signal.SIGSEGV)',
    status: 'killed',
    exitCode: null,
    signal: 'SIGSEGV',
    needsProcesses: true,
  },
  {
    what: 'its own SIGKILL',
    code: 'import os, signal; print("last", flush=True); os.kill(os.getpid(), signal.SIGKILL)',
    status: 'killed',
    exitCode: null,
    signal: 'SIGKILL',
    stdout: 'last\n',
    needsProcesses: true,
  },
  {
    what: 'SIGTERM, which nobody may have taught it to ignore',
    code: 'import os, signal; os.kill(os.getpid(), signal.SIGTERM)',
    status: 'killed',
    exitCode: null,
    signal: 'SIGTERM',
    needsProcesses: true,
  },
  {
    what: 'KeyboardInterrupt',
    code: 'raise KeyboardInterrupt',
    status: 'killed',
    exitCode: null,
    signal: 'SIGINT',
    stderr: /KeyboardInterrupt/,
    needsProcesses: true,
  },
  {
    what: 'a child that fails while the program succeeds',
    code: 'import subprocess, sys\nr = subprocess.run([sys.executable, "-c", "raise SystemExit(5)"])\nprint(r.returncode)',
    status: 'ok',
    exitCode: 0,
    stdout: '5\n',
    needsProcesses: true,
  },
  {
    what: 'a double fork that goes on writing',
    code: 'import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    while True: time.sleep(0.01); os.write(1, b".")\n  os._exit(9)\nos.wait(); print("parent"); raise SystemExit(4)',
    status: 'error',
    exitCode: 4,
    stdout: 'parent\n',
    needsProcesses: true,
  },
  {
    what: 'a forked child that also runs to the end',
    code: 'import os\npid = os.fork()\nif pid: os.waitpid(pid, 0)\nprint("child" if pid == 0 else "parent")\nraise SystemExit(0 if pid else 6)',
    status: 'ok',
    exitCode: 0,
    stdout: 'child\nparent\n',
    needsProcesses: true,
  },
];

/** How a program ends is told as it was. */
export function resultsContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: results are true`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    for (const truth of truths) {
      if (truth.needsProcesses === true && !guarantees.processes) continue;
      it(truth.what, async () => {
        const result = await runCode(subject.executor, truth.code);
        const { status, exitCode } = result;
        assert.deepEqual(
          { status, exitCode },
          { status: truth.status, exitCode: truth.exitCode },
          told(result),
        );
        if (truth.signal !== undefined) assert.equal(result.signal, truth.signal);
        if (truth.stdout !== undefined) {
          const stdout = result.stdout.replace(/^\.+|\.+$/g, '');
          assert.equal(stdout, truth.stdout, told(result));
        }
        if (truth.stderr !== undefined) assert.match(result.stderr, truth.stderr);
      });
    }

    it('tracebacks show the person’s frames and lines only', async () => {
      const result = await runCode(subject.executor, 'def f(x):\n    return 1 / x\n\nf(0)\n', {
        title: 'sales.py',
      });
      assert.match(
        result.stderr,
        /^Traceback \(most recent call last\):\n {2}File "sales.py", line 4, in <module>\n/,
      );
      assert.match(result.stderr, /File "sales.py", line 2, in f\n {4}return 1 \/ x\n/);
      assert.doesNotMatch(result.stderr, /glovebox|runner|python_code|worker/);
    });

    it('stdin reaches the program, and ends', async () => {
      const result = await runCode(
        subject.executor,
        'import sys\nprint(input().upper())\nprint(len(sys.stdin.read()))',
        {
          stdin: 'héllo\n' + 'x'.repeat(200_000),
        },
      );
      assert.equal(result.stdout, 'HÉLLO\n200000\n', told(result));
    });

    it('a cell shows the value of its last expression', async () => {
      const result = await runCode(subject.executor, 'x = 20\nprint("p")\nx + 1', { cell: true });
      assert.equal(result.value, '21');
      assert.equal(result.stdout, 'p\n');
      assert.equal((await runCode(subject.executor, 'x = 3', { cell: true })).value, undefined);
    });

    it('stdout and stderr come while it runs, started first and finished last', async () => {
      const kinds: string[] = [];
      const code = 'import sys\nprint("a", flush=True)\nprint("b", file=sys.stderr, flush=True)';
      const result = await runCode(subject.executor, code, {
        onEvent: (event) => void kinds.push(event.kind),
      });
      assert.equal(result.status, 'ok');
      assert.equal(kinds.filter((kind) => kind === 'output').length, 2);
      assert.deepEqual([kinds.find((kind) => kind !== 'progress'), kinds.at(-1)], ['started', 'finished']);
    });

    it('metrics tell what was used', async () => {
      const code =
        'b = bytearray(60_000_000)\nfor i in range(0, len(b), 4096): b[i] = 1\nsum(i * i for i in range(2_000_000))';
      const { metrics, sandbox } = await runCode(subject.executor, code);
      assert.ok(metrics.wallMs > 0 && metrics.cpuMs > 0, JSON.stringify(metrics));
      assert.ok(metrics.peakMemoryBytes > 60_000_000, JSON.stringify(metrics));
      assert.notEqual(sandbox.runtime, '');
    });

    it('binary output and other encodings become text without harm', async () => {
      const code = 'import os; os.write(1, bytes(range(256))); os.write(2, b"\\xff\\xfe\\x00")';
      const result = await runCode(subject.executor, code);
      assert.equal(result.status, 'ok');
      assert.equal(result.outputBytes.stdout, 256);
      assert.ok(result.stdout.includes('ABC') && result.stdout.includes('\ufffd'));
    });
  });
}
