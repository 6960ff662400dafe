import assert from 'node:assert/strict';
import { runCode, told, type Guarantees, type MakeSubject } from './subject.ts';
import { subjectForSuite } from './subjectForSuite.ts';

/** What a program uses counts, wherever it has it. */
export function usageContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: what is used counts`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    const subject = subjectForSuite(makeSubject);

    it('memory that is shared, also when its pages were let go', async () => {
      // Where it is not refused at once, it is held until whoever watches must have seen it.
      const code = `
import mmap, os, time
def share(fd):
    pages = mmap.mmap(fd, 1 << 30)
    for _ in range(1 << 10):
        pages.write(b"x" * (1 << 20))
        if hasattr(pages, "madvise"): pages.madvise(mmap.MADV_DONTNEED)
    time.sleep(3)
    print("GOT IT")
try: share(-1)
except OSError: share(os.open("/dev/zero", os.O_RDWR))`;
      const result = await runCode(subject.executor, code);
      const expected = guarantees.memoryStatus !== false ? ['oom'] : ['oom', 'error'];
      assert.ok(expected.includes(result.status), told(result));
      assert.equal(result.stdout, '');
    });

    if (!guarantees.processes) return;

    it('memory of processes that a thread has started', async () => {
      const code = `
import subprocess, sys, threading
hold = "x = b'a' * (300 << 20); import time; time.sleep(5)"
codes = []
def start():
    held = [subprocess.Popen([sys.executable, "-c", hold]) for _ in range(3)]
    codes.extend(child.wait() for child in held)
thread = threading.Thread(target=start)
thread.start()
thread.join()
sys.exit(any(codes))`;
      const result = await runCode(subject.executor, code);
      assert.equal(result.status, 'oom', told(result));
    });

    it('memory of a process whose first thread has ended', async () => {
      const code = `
import ctypes, os, threading, time
def take():
    # In parts that its own limit lets through.
    held = [b"a" * (300 << 20)]
    child = os.fork()
    held.append(b"a" * (200 << 20))
    time.sleep(5)
    os._exit(0 if child == 0 else os.waitpid(child, 0)[1] != 0)
threading.Thread(target=take).start()
ctypes.CDLL(None).pthread_exit(None)`;
      const result = await runCode(subject.executor, code);
      assert.equal(result.status, 'oom', told(result));
    });

    it('processor time of processes that have ended', async () => {
      const code = `
import subprocess, sys
while True:
    subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.2: pass"])`;
      const result = await runCode(subject.executor, code, { limits: { cpuMs: 1000, wallMs: 20_000 } });
      assert.equal(result.status, 'timeout', told(result));
      assert.match(result.message ?? '', /processor time/);
    });
  });
}
