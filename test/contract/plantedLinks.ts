import assert from 'node:assert/strict';
import type { RunResult } from '../../src/core/run.ts';
import type { Session } from '../../src/executors/session/session.ts';
import { guarded } from '../support/guarded.ts';
import { told } from './subject.ts';

/** Links to every descriptor that process 1 may have, to folders, and pipes with and without a reader. */
export const planted = guarded(`
import os
os.makedirs("dir", exist_ok=True)
for fd in range(64): os.symlink(f"/proc/self/fd/{fd}", f"fd{fd}")
os.symlink("/proc/self/fd", "fds"); os.symlink("/proc/1", "one")
os.symlink("/work/dir", "alias"); os.symlink("/work/dir/x", "file")
os.mkfifo("fifo"); os.mkfifo("open-fifo"); keep = os.open("open-fifo", os.O_RDWR)
open("old", "w").write("longer than before")`);

function forgedNotice(): Buffer {
  const notice = Buffer.from(JSON.stringify({ text: 'forged' }));
  const head = Buffer.alloc(5);
  head.writeUInt32BE(notice.length);
  head.write('n', 4);
  return Buffer.concat([head, notice]);
}

/** What the host puts goes into regular files, whatever a program has led the way to. */
export async function putsStayAway(
  session: Session,
  cell: (code: string) => Promise<RunResult>,
): Promise<void> {
  const first = await cell(planted);
  assert.equal(first.status, 'ok', told(first));
  const links = Array.from({ length: 64 }, (_, fd) => [`fd${fd}`, `fds/${fd}`, `one/fd/${fd}`]).flat();
  for (const name of [...links, 'alias/x', 'file', 'fifo', 'open-fifo', 'dir', 'old/below', '../etc/x']) {
    const reply = await session.put(`/work/${name}`, forgedNotice());
    assert.ok('error' in reply, name);
    assert.match(reply.error, /^(ELOOP|EACCES|ENXIO|EISDIR|ENOTDIR|EINVAL)$/, name);
  }
  assert.deepEqual(await session.put('/work/dir/new/x', Buffer.from('x')), { data: Buffer.alloc(0) });
  assert.deepEqual(await session.put('/work/old', Buffer.from('short')), { data: Buffer.alloc(0) });
  const after = await cell('print(open("old").read(), open("dir/new/x").read(), os.listdir("dir"))');
  assert.deepEqual([after.stdout, after.notices], ["short x ['new']\n", []], told(after));
}
