import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { InputFile } from '../../src/core/proposal.ts';
import { guarded } from '../support/guarded.ts';
import { enclosedSession, type EnclosedSession } from './enclosedSession.ts';
import { planted, putsStayAway } from './plantedLinks.ts';
import { inputFile, told } from './subject.ts';

/** Ends the session's Python between two cells, with exit code 0, and waits until it is gone. */
const endsQuietly = `import os, signal
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
open("pid", "w").write(str(os.getpid()))`;
const endPython = 'pid=$(cat pid); kill $pid; while kill -0 $pid 2>/dev/null; do sleep 0.02; done';

/** Into more files than one, each of which has a limit of its own. */
const fillsWork = `for number in range(3):
    with open(f"full{number}", "wb", buffering=0) as file:
        try:
            while True: file.write(bytes(4096))
        except OSError as error: print(error.strerror)`;

/** Everything that a frame on its stack can be asked for. */
const looksForKey = `import gc, sys
frame, found = sys._getframe(), []
while frame:
    for held in list(frame.f_locals.values()):
        key = getattr(getattr(held, "_seal", None), "_key", None)
        if key: found.append(key)
    frame = frame.f_back
found += [o._key for o in gc.get_objects() if type(o).__name__ == "Seal"]
print(found)`;

describe('the runner: what a session keeps from its programs', function () {
  this.timeout(60_000);
  let open: EnclosedSession;
  beforeEach(async () => (open = await enclosedSession()));
  afterEach(async () => open.close());

  describe('files that the host puts', () => {
    it('never go through a link to the channel, nor wait at a pipe', async () => {
      await putsStayAway(open.session, open.cell);
    });

    it('leave nothing of one that does not fit, and room for the next', async () => {
      const big = (name: string, bytes: number) => inputFile(name, new Uint8Array(bytes));
      const before = await open.cell('kept = 1', { files: [big('data.csv', 10)] });
      assert.equal(before.status, 'ok', told(before));
      const tooBig = await open.cell('print("ran")', { files: [big('data.csv', 140 * 1024 * 1024)] });
      assert.deepEqual([tooBig.status, tooBig.stdout], ['error', ''], told(tooBig));
      assert.match(tooBig.message ?? '', /No space left .* restart it/);
      const after = await open.cell(
        'import os\nopen("mine", "wb").write(bytes(50 << 20))\nprint(os.path.exists("data.csv"), kept)',
      );
      assert.equal(after.stdout, 'False 1\n', told(after));
    });

    it('that cannot be read take no state along, nor leave a half', async () => {
      await open.cell('kept = 1');
      const broken: InputFile = {
        name: 'half.csv',
        bytes: 20,
        open: async function* () {
          yield new Uint8Array(10);
          throw new Error('the drive is gone');
        },
      };
      await assert.rejects(open.cell('print("ran")', { files: [broken] }), /the drive is gone/);
      const next = await open.cell('import os\nprint(kept, os.path.exists("half.csv"))');
      assert.deepEqual([next.stdout, next.notices], ['1 False\n', []], told(next));
    });

    it('given with a cell neither', async () => {
      await open.cell(planted);
      for (const name of ['fd4', 'fds/4', 'alias/x', 'file', 'fifo', 'open-fifo']) {
        const result = await open.cell('print("ran")', { files: [inputFile(name, 'x')] });
        assert.deepEqual([result.status, result.stdout], ['error', ''], told(result));
        assert.match(result.message ?? '', /a link|no regular file/, name);
      }
      assert.equal((await open.cell('print(keep >= 0)')).stdout, 'True\n');
    });
  });

  it('a work folder that is full leaves a shell that makes room, and is told by what needs some', async () => {
    const filled = await open.cell(fillsWork);
    assert.match(filled.stdout, /No space left on device\n$/);
    const javascript = await open.cell('console.log("ran")', { language: 'javascript' });
    assert.deepEqual([javascript.status, javascript.stdout], ['error', ''], told(javascript));
    assert.match(javascript.stderr, /could not be put into the work folder: No space left on device/);
    const before = await open.cell('import os\nprint(sorted(os.listdir()))');
    assert.equal(before.stdout, "['full0', 'full1', 'full2', 'outputs']\n", told(before));
    const shell = await open.cell('rm full*; pwd', { language: 'shell' });
    assert.deepEqual([shell.status, shell.stdout], ['ok', '/work\n'], told(shell));
    assert.equal((await open.cell('open("new", "wb").write(bytes(1 << 20))')).value, '1048576');
  });

  it('a cell is run, and the loss told, where Python had ended in between', async () => {
    await open.cell(endsQuietly);
    await open.cell(endPython, { language: 'shell' });
    const next = await open.cell('print("ran", "signal" in globals(), open("pid").read() != "")');
    assert.deepEqual([next.status, next.stdout], ['ok', 'ran False True\n'], told(next));
    assert.match(next.notices.join(), /variables .* gone/);
    assert.deepEqual((await open.cell('1')).notices, []);
  });

  it('a Python that ends with its cell is told once', async () => {
    const died = await open.cell('import os; os._exit(0)');
    assert.deepEqual([died.status, /variables .* gone/.test(died.notices.join())], ['ok', true], told(died));
    assert.deepEqual((await open.cell('1')).notices, []);
  });

  it('each cell and command has a standard input of its own', async () => {
    const ask = 'import sys\nprint(input(), repr(sys.stdin.read()))';
    for (const word of ['one', 'two', 'three']) {
      const result = await open.cell(ask, { stdin: `${word}\nrest` });
      assert.equal(result.stdout, `${word} 'rest'\n`, told(result));
    }
    const unread = await open.cell('print("unread")', { stdin: 'x'.repeat(300_000) });
    assert.equal(unread.stdout, 'unread\n');
    const none = await open.cell('print(repr(sys.stdin.read()), sys.stdin.name)');
    assert.equal(none.stdout, "'' <stdin>\n", told(none));
    const child = await open.cell('import subprocess; subprocess.run(["cat"])', { stdin: 'for a child' });
    assert.equal(child.stdout, 'for a child', told(child));
    const shell = await open.cell('cat', { language: 'shell', stdin: 'for a shell' });
    assert.equal(shell.stdout, 'for a shell');
  });

  it('an interrupt ends a command and all that it waits for, and nothing else', async () => {
    await open.cell('kept = 1');
    const result = await open.cell('echo go; sleep 600; echo after', {
      language: 'shell',
      onEvent: (event) => event.kind === 'output' && open.session.interrupt(),
    });
    assert.deepEqual([result.stdout, result.signal], ['go\n', 'SIGINT'], told(result));
    const suicidal = await open.cell('kill 0', { language: 'shell' });
    assert.equal(suicidal.signal, 'SIGTERM', told(suicidal));
    assert.equal((await open.cell('kept')).value, '1');
  });

  it('what a worker says of itself can break nothing', async () => {
    const code = `
import os
for fd in range(3, 64):
    for line in (b"[" * 100_000, b'{"a":' * 100_000, b"\\xff\\xfe\\x00", b"9" * 10_000, b'{"begun": 1}', b"null"):
        try: os.write(fd, b"\\n" + line + b"\\n")
        except OSError: pass
print("still here")`;
    const result = await open.cell(guarded(code));
    assert.deepEqual([result.status, result.stdout], ['ok', 'still here\n'], told(result));
  });
});

describe('the runner: the key of a sealed session', function () {
  this.timeout(60_000);
  let open: EnclosedSession;
  beforeEach(async () => (open = await enclosedSession(true)));
  afterEach(async () => open.close());

  it('is in no process that a program can be in', async () => {
    const first = await open.cell(looksForKey);
    assert.equal(first.stdout, '[]\n', told(first));
    await open.cell('import os; os._exit(0)');
    // No other Python is made in that sandbox: it would have been forked by the one that knows the key.
    await assert.rejects(open.cell(looksForKey), /NeverStarted/);
    assert.equal(open.session.alive, false);
  });

  it('cannot be read from a command before it is one', async () => {
    const spy = `
import os, threading
seen = []
def look():
    known = set(os.listdir("/proc"))
    while True:
        for name in set(os.listdir("/proc")) - known:
            if not name.isdigit(): continue
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file: command = file.read()
                with open(f"/proc/{name}/mem", "rb"): pass
                # It is the runner's own as long as it goes by its name.
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    if b"glovebox/runner" in command and file.read() == command: seen.append(name)
            except OSError: pass
threading.Thread(target=look, daemon=True).start()`;
    await open.cell(guarded(spy));
    for (let times = 0; times < 20; times++) await open.cell('true', { language: 'shell' });
    const result = await open.cell('print(seen)');
    assert.equal(result.stdout, '[]\n', told(result));
  });
});

/** Runs Python beside the runner's own modules. */
async function withRunner(code: string): Promise<string> {
  const runner = path.resolve(import.meta.dirname, '../../sandbox/runner');
  const begin = 'import os, sys\nsys.path.insert(0, sys.argv[1])\n';
  return (await promisify(execFile)('python3', ['-I', '-B', '-c', begin + code, runner])).stdout;
}

describe('the runner: what is left of a session', function () {
  this.timeout(60_000);

  it('a process that gets the number of another does not get its end', async () => {
    const code = `
import children
family = children.Children()
def ended(code):
    pid = os.fork()
    if pid == 0: os._exit(code)
    return pid
def take_in():
    while family.reap(): pass
pid = ended(3)
family.expect(pid)
take_in()
print(os.waitstatus_to_exitcode(family.statuses[pid]))
family.expect(pid)
print(pid in family.statuses)
other = ended(4)
take_in()
print(other in family.statuses)`;
    assert.equal(await withRunner(code), '3\nFalse\nFalse\n');
  });

  it('output is taken as it is when the run ends, however fast more of it comes', async () => {
    const code = `
import pump
pipe = pump.OutputPipe(b"o")
os.write(pipe.write_end, b"x" * 65536)
taken = 0
for data in pipe.drain():
    taken += len(data)
    os.write(pipe.write_end, b"y" * 65536)
    assert taken < 1 << 20
print(taken, pipe.total)`;
    assert.equal(await withRunner(code), '65536 65536\n');
  });
});
