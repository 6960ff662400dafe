import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../support/engine.ts';
import { guarded } from '../support/guarded.ts';
import { processIds } from '../support/leaks.ts';
import { enclosedSession, type EnclosedSession } from './enclosedSession.ts';
import { told } from './subject.ts';

/** Writes how far it is, again and again. */
const counts = `
import os
open("/work/turns", "w").close()
def count():
    turns = 0
    while True:
        turns += 1
        with open("/work/turns", "r+b") as file: file.write(b"%d" % turns)
`;

/** Tells process 1 that the run is over, as the worker does. */
const endsItself = `
for fd in range(3, 40):
    try:
        if os.readlink(f"/proc/self/fd/{fd}").startswith("pipe:"): os.write(fd, b'\\n{"done": true, "code": 0}\\n')
    except OSError: pass
`;

/** Wakes whoever was stopped, as fast as it can, from many processes. */
const wakes = `
import signal
open("/work/turns", "w").close()
for _ in range(24):
    if os.fork() == 0:
        while True:
            os.kill(-1, signal.SIGCONT)
            with open("/work/turns", "ab") as file: file.write(b"x")
`;

/** What the host calls the process that calls itself `inside`. */
async function outside(inside: number, before: ReadonlySet<number>): Promise<number> {
  for (const pid of await processIds()) {
    if (before.has(pid)) continue;
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    if (new RegExp(`^NSpid:.*\\s${inside}$`, 'm').test(status)) return pid;
  }
  throw new Error('no such process');
}

function wake(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It is gone.
  }
}

describe('the runner: between the runs of a session', function () {
  this.timeout(60_000);
  let open: EnclosedSession;
  let before: ReadonlySet<number>;
  beforeEach(async () => {
    before = await processIds();
    open = await enclosedSession();
  });
  afterEach(async () => open.close());

  const turns = async (): Promise<string> => {
    const reply = await open.session.get('/work/turns');
    assert.ok('data' in reply, JSON.stringify(reply));
    return reply.data.toString();
  };

  const standsStill = async (): Promise<void> => {
    const reached = await turns();
    await wait(400);
    assert.equal(await turns(), reached);
  };

  it('threads of a cell and processes of a command stand still, and go on with the next', async () => {
    const thread = 'import threading\nthreading.Thread(target=count, daemon=True).start()';
    const waits = 'import time\nwhile os.path.getsize("/work/turns") == 0: time.sleep(0.01)';
    await open.cell(`${counts}\n${thread}\n${waits}`);
    await standsStill();
    await open.cell('rm turns; (while true; do echo x >> turns; done) & while ! [ -s turns ]; do :; done', {
      language: 'shell',
    });
    await standsStill();
    const stopped = (await turns()).length;
    const next = await open.cell(`while os.path.getsize("/work/turns") <= ${stopped}: time.sleep(0.01)`);
    assert.equal(next.status, 'ok', told(next));
    await standsStill();
  });

  it('a cell that tells its own end stands still, and goes on in the time of the next', async () => {
    const early = await open.cell(guarded(`${counts}${endsItself}count()`), { limits: { wallMs: 2000 } });
    assert.equal(early.status, 'ok', told(early));
    await standsStill();
    const next = await open.cell('print("ran")', { limits: { wallMs: 800 } });
    assert.deepEqual([next.status, next.stdout], ['timeout', ''], told(next));
  });

  it('what is woken by whatever means is ended with the state, and that is told', async () => {
    const opened = await open.cell(`${counts}\nimport threading
threading.Thread(target=count, daemon=True).start()
print(os.getpid())`);
    const host = await outside(Number(opened.stdout), before);
    const wakes = setInterval(() => wake(host), 100);
    try {
      await eventually('it is gone', async () => !(await processIds()).has(host), 20_000);
    } finally {
      clearInterval(wakes);
    }
    await standsStill();
    const next = await open.cell('print("count" in globals())');
    assert.deepEqual([next.status, next.stdout], ['ok', 'False\n'], told(next));
    assert.match(next.notices.join(), /variables .* gone/);
  });

  it('processes that wake each other stand still, or are ended', async () => {
    const first = await open.cell(guarded(`import os\n${wakes}`));
    assert.equal(first.status, 'ok', told(first));
    await wait(4000);
    await standsStill();
    const next = await open.cell('print("ran")');
    assert.deepEqual([next.status, next.stdout], ['ok', 'ran\n'], told(next));
  });

  it('a command is interrupted, and Python made anew, as if nobody had stood still', async () => {
    await open.cell('kept = 1');
    const stopped = await open.cell('echo go; sleep 600; echo after', {
      language: 'shell',
      onEvent: (event) => event.kind === 'output' && open.session.interrupt(),
    });
    assert.deepEqual([stopped.stdout, stopped.signal], ['go\n', 'SIGINT'], told(stopped));
    assert.equal((await open.cell('kept')).value, '1');
    await open.cell('import os; os._exit(0)');
    // The new one makes itself ready meanwhile, and is not taken for one that goes on.
    await wait(2500);
    const next = await open.cell('print("kept" in globals())');
    assert.deepEqual([next.status, next.stdout, next.notices], ['ok', 'False\n', []], told(next));
  });
});
