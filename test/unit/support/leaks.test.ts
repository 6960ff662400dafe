import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { leftFiles, leftProcesses, processIds } from '../../support/leaks.ts';

describe('what the test run looks for when it is over', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbleak-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('finds a temporary file that was left, and lets the compile cache be', async () => {
    await mkdir(path.join(folder, 'node-compile-cache'));
    assert.deepEqual(await leftFiles(folder), []);
    await writeFile(path.join(folder, 'left'), '');
    assert.deepEqual(await leftFiles(folder), ['left']);
  });

  it('finds a process that still carries the mark of the run', async function () {
    if (process.platform !== 'linux') this.skip();
    const before = await processIds();
    const mark = `GLOVEBOX_TEST_RUN=${folder}`;
    const child = spawn('sleep', ['60'], { env: { PATH: process.env['PATH'], GLOVEBOX_TEST_RUN: folder } });
    try {
      await once(child, 'spawn');
      const left = await leftProcesses(mark, [], before);
      assert.deepEqual(left, [`${child.pid} sleep 60`]);
      assert.deepEqual(await leftProcesses('GLOVEBOX_TEST_RUN=another', [], before), []);
    } finally {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    assert.deepEqual(await leftProcesses(mark, [], before), []);
  });

  it('finds an orphan without environment by our folder in its command', async function () {
    if (process.platform !== 'linux') this.skip();
    const before = await processIds();
    // The inner shell outlives the outer one and has nothing of our environment.
    const script = `env -i /bin/sh -c 'sleep 60; true' ${folder} >/dev/null & echo $!`;
    const parent = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [pid] = (await once(parent.stdout, 'data')) as [Buffer];
    await once(parent, 'exit');
    const orphan = Number(pid.toString());
    try {
      const left = await leftProcesses('no such mark', [folder], before);
      assert.equal(left.length, 1);
      assert.equal(Number.parseInt(left[0] ?? '', 10), orphan);
    } finally {
      const child = await childOf(orphan);
      for (const left of [orphan, child]) process.kill(left, 'SIGKILL');
    }
  });
});

/** The first child of a process, once there is one: zero would be our own group to whoever ends it. */
async function childOf(pid: number): Promise<number> {
  for (;;) {
    const [child = ''] = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
    if (Number(child) > 1) return Number(child);
    await sleep(10);
  }
}
