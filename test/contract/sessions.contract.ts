import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { defaultLimits } from '../../src/core/limits.ts';
import type { InputFile } from '../../src/core/proposal.ts';
import type { RunResult } from '../../src/core/run.ts';
import { inputFile, runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

const looks = 'import os\nprint("secret" in globals(), os.path.exists("secret"))';

/** Lets itself be ended without a word. */
const quiet = `import os, signal
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
open("pid", "w").write(str(os.getpid()))`;

/** Remembers how long it was held up at most. */
const notices = `import threading, time
turns, longest = 0, 0.0
def watch():
    global turns, longest
    last = time.monotonic()
    while True:
        now = time.monotonic()
        longest, last, turns = max(longest, now - last), now, turns + 1
threading.Thread(target=watch, daemon=True).start()`;

/** Says that its run is over, as the worker does, and goes on for a while. */
const endsItself = `import os, time
for fd in range(3, 40):
    try:
        if os.readlink(f"/proc/self/fd/{fd}").startswith("pipe:"): os.write(fd, b'\\n{"done": true, "code": 0}\\n')
    except OSError: pass
began = time.process_time()
while time.process_time() < began + 2: pass
print("through")`;

/** A conversation that keeps its state keeps it for itself. */
export function sessionsContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: sessions`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);
    const cell = async (sessionId: string, code: string): Promise<RunResult> =>
      runCode(subject.executor, code, { sessionId });

    it('keep variables, imports and files from cell to cell, and show values', async () => {
      const first = await cell('a', 'import math\nx = 20\nopen("kept.txt", "w").write("here")');
      assert.equal(first.value, '4', told(first));
      const second = await cell('a', 'print(open("kept.txt").read(), math.floor(2.5))\nx + 1');
      assert.deepEqual([second.stdout, second.value, second.status], ['here 2\n', '21', 'ok'], told(second));
      const failed = await cell('a', 'y = 5\n1 / 0');
      assert.deepEqual([failed.status, failed.exitCode], ['error', 1], told(failed));
      const left = await cell('a', 'import sys; sys.exit(3)');
      assert.deepEqual([left.status, left.exitCode], ['error', 3], told(left));
      assert.equal((await cell('a', 'x + y')).value, '25');
    });

    it('give each cell its own output and its new artifacts', async () => {
      const first = await runCode(subject.executor, 'open("outputs/a.txt", "w").write("a"); print("one")', {
        sessionId: 'b',
        files: [inputFile('in.txt', 'input')],
      });
      const second = await cell('b', 'open("outputs/b.txt", "w").write("b"); print(open("in.txt").read())');
      assert.deepEqual([first.stdout, second.stdout], ['one\n', 'input\n'], told(second));
      const files = [first, second].map(({ artifacts }) => artifacts.map((artifact) => artifact.name));
      assert.deepEqual(files, [['a.txt'], ['b.txt']]);
    });

    it('say of no artifact that they left it out when they gave it before', async () => {
      const writes = (name: string, bytes: number): string =>
        `open("outputs/${name}", "wb").write(bytes(${bytes}))`;
      const capped = { sessionId: 'sent', limits: { artifactBytes: 50, artifactCount: 1 } };
      const steps = [
        { code: writes('z', 40), names: ['z'], notice: '' },
        { code: writes('a', 20), names: ['a'], notice: '' },
        { code: '1', names: [], notice: '' },
        { code: writes('b', 60), names: [], notice: '1 file in outputs left out (too large)' },
      ];
      for (const { code, names, notice } of steps) {
        const result = await runCode(subject.executor, code, capped);
        assert.deepEqual(
          result.artifacts.map((artifact) => artifact.name),
          names,
          told(result),
        );
        assert.equal(result.notices.join().split(':', 1)[0], notice, told(result));
      }
    });

    it('are shared with no other conversation and no other run', async () => {
      await cell('c', 'secret = 1; open("secret", "w").close()');
      assert.equal((await cell('d', looks)).stdout, 'False False\n');
      assert.equal((await runCode(subject.executor, looks)).stdout, 'False False\n');
    });

    it('end with a timeout, and the next run says that the state is gone', async () => {
      await cell('e', 'w = 1');
      const endless = { sessionId: 'e', limits: { wallMs: 500 } };
      const late = await runCode(subject.executor, 'while True: pass', endless);
      assert.equal(late.status, 'timeout', told(late));
      const next = await cell('e', 'print("w" in globals())');
      assert.equal(next.stdout, 'False\n', told(next));
      assert.match(next.notices.join(), /gone/);
    });

    it('go on after a program that ended its interpreter, without its variables', async () => {
      await cell('f', 'v = 1');
      const died = await cell('f', 'import os; os._exit(9)');
      assert.deepEqual([died.status, died.exitCode], ['error', 9], told(died));
      const next = await cell('f', 'print("v" in globals())');
      assert.equal(next.stdout, 'False\n', told(next));
      assert.match([...died.notices, ...next.notices].join(), /gone/);
    });

    it('take a file larger than a program may write again with each cell', async () => {
      const files = [inputFile('large.csv', new Uint8Array(defaultLimits.fileBytes + 1))];
      const first = await runCode(subject.executor, 'kept = 1', { sessionId: 'large', files });
      assert.equal(first.status, 'ok', told(first));
      const code = 'import os\nprint(kept, os.path.getsize("large.csv"))';
      const second = await runCode(subject.executor, code, { sessionId: 'large', files });
      assert.equal(second.stdout, `1 ${defaultLimits.fileBytes + 1}\n`, told(second));
      assert.deepEqual(second.notices, []);
    });

    it('go on, with what they keep, after a file that cannot be put where it belongs', async () => {
      await cell('put', 'import os\nkept = 1\nos.mkdir("folder")\nopen("file", "w").close()');
      for (const bad of ['folder', 'file/below.csv', 'outputs', '../above']) {
        const options = { sessionId: 'put', files: [inputFile('first.csv', '1'), inputFile(bad, 'x')] };
        const refused = await runCode(subject.executor, 'print("ran")', options);
        assert.deepEqual([refused.status, refused.stdout], ['error', ''], told(refused));
        assert.match(
          refused.message ?? '',
          /input files could not be put into the sandbox.* Nothing was run/,
        );
      }
      const files = [inputFile('second.csv', '2')];
      const code = 'print(kept, open("first.csv").read(), open("second.csv").read())';
      const next = await runCode(subject.executor, code, { sessionId: 'put', files });
      assert.deepEqual([next.stdout, next.notices], ['1 1 2\n', []], told(next));
    });

    it('go on, with what they keep, after a file that cannot be read to its end', async () => {
      await cell('half', 'kept = 1');
      const half: InputFile = {
        name: 'half.csv',
        bytes: 20,
        open: async function* () {
          yield new Uint8Array(10);
          throw new Error('the drive is gone');
        },
      };
      const options = { sessionId: 'half', files: [inputFile('whole.csv', 'w'), half] };
      const refused = await runCode(subject.executor, 'print("ran")', options);
      assert.deepEqual([refused.status, refused.stdout], ['unavailable', ''], told(refused));
      assert.match(refused.message ?? '', /the drive is gone/);
      const next = await cell('half', 'import os\nprint(kept, os.path.exists("half.csv"))');
      assert.deepEqual([next.stdout, next.notices], ['1 False\n', []], told(next));
    });

    it('give each cell a standard input of its own', async () => {
      for (const word of ['one', 'two']) {
        const code = 'import sys\nprint(input(), repr(sys.stdin.read()))';
        const result = await runCode(subject.executor, code, { sessionId: 'h', stdin: `${word}\nrest` });
        assert.equal(result.stdout, `${word} 'rest'\n`, told(result));
      }
      const unread = await runCode(subject.executor, '1', { sessionId: 'h', stdin: 'unread' });
      assert.equal(unread.status, 'ok', told(unread));
      const half = await runCode(subject.executor, 'input()', { sessionId: 'h', stdin: 'one\nahead' });
      assert.equal(half.status, 'ok', told(half));
      const none = await cell('h', 'import sys\nprint(repr(sys.stdin.read()))');
      assert.equal(none.stdout, "''\n", told(none));
    });

    if (!guarantees.processes) return;

    it('are told nothing by a child of a program that runs to the end, and give it no job', async () => {
      const code =
        'import os\npid = os.fork()\nif pid == 0: raise SystemExit(6)\nos.waitpid(pid, 0)\nprint("parent")';
      const first = await cell('child', code);
      assert.deepEqual([first.status, first.exitCode, first.stdout], ['ok', 0, 'parent\n'], told(first));
      const late = 'import os, time\nif os.fork() == 0: time.sleep(0.3)\nprint("out")';
      await cell('child', late);
      const next = await cell('child', 'time.sleep(1)\nprint("whole", pid > 0)\n"value"');
      assert.deepEqual([next.status, next.value], ['ok', "'value'"], told(next));
      assert.match(next.stdout, /whole True/);
    });

    it('run a cell, and tell the loss, where the interpreter had ended before it', async () => {
      await cell('g', quiet);
      const end = 'pid=$(cat pid); kill $pid; while kill -0 $pid 2>/dev/null; do sleep 0.02; done';
      await runCode(subject.executor, end, { sessionId: 'g', language: 'shell' });
      const next = await cell('g', 'print("ran", "signal" in globals())');
      assert.deepEqual([next.status, next.stdout], ['ok', 'ran False\n'], told(next));
      assert.match(next.notices.join(), /gone/);
    });

    it('stand still between their runs', async () => {
      await cell('j', notices);
      await wait(1500);
      const goesOn = 'before = turns\nwhile turns == before: time.sleep(0.01)\nprint(longest > 1)';
      const next = await cell('j', goesOn);
      assert.equal(next.stdout, 'True\n', told(next));
    });

    it('count what goes on behind an end that a cell told itself for the next run', async () => {
      const early = await cell('k', endsItself);
      assert.deepEqual([early.status, early.stdout], ['ok', ''], told(early));
      await wait(2500);
      const next = await runCode(subject.executor, '1', { sessionId: 'k', limits: { wallMs: 500 } });
      assert.equal(next.status, 'timeout', told(next));
    });

    it('have a command interrupted with all that it waits for, and go on', async () => {
      await cell('i', 'kept = 1');
      const result = await runCode(subject.executor, 'echo go; sleep 600; echo after', {
        sessionId: 'i',
        language: 'shell',
        onEvent: (event) => event.kind === 'output' && void subject.executor.interruptSession?.('i'),
      });
      assert.deepEqual([result.stdout, result.signal], ['go\n', 'SIGINT'], told(result));
      assert.equal((await cell('i', 'kept')).value, '1');
    });
  });
}
