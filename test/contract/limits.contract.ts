import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { gotThrough, runAttack } from './attack.ts';
import { runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

const MiB = 1024 * 1024;

/** What is too much is ended, and the status says why. */
export function limitsContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: limits hold`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    it('wall time: an endless loop, with what it had printed', async () => {
      const result = await runCode(subject.executor, 'print("begun", flush=True)\nwhile True: pass', {
        limits: { wallMs: 700 },
      });
      assert.equal(result.status, 'timeout', told(result));
      assert.equal(result.stdout, 'begun\n');
      assert.match(result.message ?? '', /0\.7 s/);
    });

    it('wall time: a program that sleeps', async () => {
      const result = await runCode(subject.executor, 'import time; time.sleep(600)', {
        limits: { wallMs: 500 },
      });
      assert.equal(result.status, 'timeout', told(result));
    });

    it('cancel', async () => {
      const stop = new AbortController();
      const result = await runCode(subject.executor, 'print("begun", flush=True)\nwhile True: pass', {
        signal: stop.signal,
        onEvent: (event) => event.kind === 'output' && stop.abort(),
      });
      assert.equal(result.status, 'cancelled', told(result));
      assert.equal(result.stdout, 'begun\n');
    });

    it('cancel before it starts', async () => {
      const result = await runCode(subject.executor, 'print(1)', { signal: AbortSignal.abort() });
      assert.deepEqual([result.status, result.stdout], ['cancelled', '']);
    });

    it('output: head and tail are kept, the whole is in a file', async () => {
      const code = 'print("first"); print("é" * 500_000); print("last")';
      const result = await runCode(subject.executor, code, { limits: { outputBytes: 10_001 } });
      assert.equal(result.status, 'ok', told(result));
      assert.ok(result.truncated.stdout && !result.truncated.stderr);
      assert.equal(result.outputBytes.stdout, 1_000_012);
      assert.match(result.stdout, /^first\né+\n… \d+ of 1000012 bytes left out …\né+\nlast\n$/);
      const [spill] = result.fullOutput ?? [];
      assert.equal(spill?.stream, 'stdout');
      assert.equal((await stat(spill?.path ?? '')).size, 1_000_012);
    });

    it('output: a flood ends with output-limit', async () => {
      const code = 'import sys\nwhile True: sys.stdout.write("x" * 65536)';
      const result = await runCode(subject.executor, code, { limits: { outputTotalBytes: 3 * MiB } });
      assert.equal(result.status, 'output-limit', told(result));
      assert.ok(result.truncated.stdout && result.stdout.length < 300_000);
      assert.ok(result.outputBytes.stdout < 6 * MiB, String(result.outputBytes.stdout));
    });

    it('output: a flood of stderr leaves stdout whole', async () => {
      const code = 'import sys\nprint("kept")\nsys.stderr.write("e" * 2_000_000)\nprint("too")';
      const result = await runCode(subject.executor, code, { limits: { outputBytes: 5000 } });
      assert.deepEqual([result.status, result.stdout], ['ok', 'kept\ntoo\n']);
      assert.ok(result.truncated.stderr);
    });

    it('memory: 4 GB', async () => {
      const result = await runCode(subject.executor, 'x = "a" * (4 << 30)\nprint(len(x))');
      const expected = guarantees.memoryStatus !== false ? ['oom'] : ['oom', 'error'];
      assert.ok(expected.includes(result.status), told(result));
      assert.equal(result.stdout, '');
    });

    it('memory: more and more', async () => {
      const code = 'x = []\nwhile True: x.append(b"a" * (16 << 20))';
      const result = await runCode(subject.executor, code);
      const expected = guarantees.memoryStatus !== false ? ['oom'] : ['oom', 'error'];
      assert.ok(expected.includes(result.status), told(result));
      // Its peak would contradict the limit that the message names.
      if (result.sandbox.backend === 'wasm') assert.match(result.notices.join(), /of the whole process/);
    });

    it('work folder: it has a size', async () => {
      const code = `
def fill():
    for i in range(100):
        with open(f"part{i}", "wb") as file:
            file.write(bytes(1 << 20))
attempt("disk", fill)`;
      const limits = { workBytes: 20 * MiB, fileBytes: 10 * MiB };
      const result = await runAttack(subject.executor, code, { limits });
      assert.match(result.outcomes.get('disk') ?? 'missing', /^denied ENOSPC/, told(result));
    });

    if (guarantees.memoryStatus === 'process') {
      it('memory: a child that takes too much, of a parent that goes on', async () => {
        const code =
          'import subprocess, sys\nr = subprocess.run([sys.executable, "-c", "x = bytearray(1); x = b\'a\' * (2 << 30)"])\nprint(r.returncode)';
        const result = await runCode(subject.executor, code);
        assert.deepEqual([result.status, result.stdout], ['ok', '-9\n'], told(result));
        assert.ok(
          result.notices.some((notice) => /memory/.test(notice)),
          told(result),
        );
      });
    }

    if (guarantees.processes) {
      it('processor time: two processes share one limit', async () => {
        const result = await runCode(subject.executor, 'import os\nos.fork()\nwhile True: pass', {
          limits: { cpuMs: 400 },
        });
        assert.equal(result.status, 'timeout', told(result));
        assert.match(result.message ?? '', /processor time/);
      });

      it('processes: a fork bomb', async () => {
        const code = `
def bomb():
    pids = []
    while True:
        pid = _os.fork()
        if pid == 0:
            import time
            time.sleep(60)
        pids.append(pid)
        if len(pids) > 500: return
attempt("bomb", bomb)`;
        const result = await runAttack(subject.executor, code);
        // Where processes are not counted, their memory is.
        if (!guarantees.counts && result.status === 'oom') return;
        assert.match(result.outcomes.get('bomb') ?? 'missing', /^denied EAGAIN/, told(result));
      });

      it('processes: a fork bomb that never stops', async () => {
        const code = 'while True:\n  try: _os.fork()\n  except OSError: pass';
        const result = await runAttack(subject.executor, code, { limits: { wallMs: 1500, pids: 32 } });
        assert.equal(result.status, 'timeout', told(result));
      });
    }

    it('artifacts: a sparse file of 5 GB does not come out', async () => {
      const code = `
import signal
if hasattr(signal, "SIGXFSZ"): signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def sparse():
    with open("outputs/sparse", "wb") as file:
        file.truncate(5 << 30)
attempt("sparse", sparse)
open("outputs/small", "w").write("kept")`;
      const result = await runAttack(subject.executor, code);
      assert.equal(result.status, 'ok', told(result));
      const sparse = result.artifacts.find(({ name: file }) => file === 'sparse');
      // Where the file may not grow, what is left of it is empty.
      assert.ok((sparse?.bytes ?? 0) === 0, told(result));
      assert.equal(result.artifacts.find(({ name: file }) => file === 'small')?.bytes, 4, told(result));
      if (gotThrough(result.outcomes).length > 0) {
        assert.ok(
          result.notices.some((notice) => /too large/.test(notice)),
          told(result),
        );
      }
    });

    if (guarantees.counts) {
      it('files: inodes, descriptors, file size and core dumps', async () => {
        const code = `
import resource, signal, subprocess
def sparse():
    with open("/tmp/sparse", "wb") as file:
        file.truncate(5 << 30)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
attempt("sparse", sparse)
def inodes(folder):
    def fill():
        for i in range(120_000):
            _os.close(_os.open(f"{folder}/f{i}", _os.O_CREAT | _os.O_WRONLY))
    return fill
for folder in ("/work", "/tmp", "/dev/shm"):
    attempt("inodes:" + folder, inodes(folder))
def more():
    resource.setrlimit(resource.RLIMIT_NOFILE, (100_000, 100_000))
attempt("raise-nofile", more)
attempt("raise-core", lambda: resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20)))
def timers():
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    for _ in range(5000):
        if libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) != 0:
            raise OSError(ctypes.get_errno(), "timer_create")
attempt("timers", timers)
def descriptors():
    kept = [_os.open("/dev/null", _os.O_RDONLY) for _ in range(5000)]
attempt("descriptors", descriptors)
`;
        const result = await runAttack(subject.executor, code);
        const denied = (what: string, reason: RegExp): void =>
          assert.match(result.outcomes.get(what) ?? 'missing', reason, told(result));
        for (const folder of ['/work', '/tmp', '/dev/shm']) denied(`inodes:${folder}`, /denied ENOSPC/);
        denied('descriptors', /denied EMFILE/);
        denied('raise-nofile', /denied/);
        denied('raise-core', /denied/);
        denied('sparse', /denied EFBIG/);
        denied('timers', /denied EAGAIN/);
      });
    }
  });
}
