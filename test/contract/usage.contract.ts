import assert from 'node:assert/strict';
import { runCode, told, type Guarantees, type MakeSubject, type Subject } from './subject.ts';

/** What a program uses counts, wherever it has it. */
export function usageContract(name: string, makeSubject: MakeSubject, guarantees: Guarantees): void {
  describe(`${name}: what is used counts`, function () {
    this.timeout(guarantees.patienceSeconds * 1000);
    let subject: Subject;
    before(async () => (subject = await makeSubject()));
    after(async () => {
      await subject.executor.close();
      assert.deepEqual(await subject.leftovers(), []);
      await subject.dispose();
    });

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
  });
}
