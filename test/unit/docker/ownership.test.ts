import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import os from 'node:os';
import {
  isOrphan,
  newOwnerId,
  processSpace,
  type ProcessSpace,
} from '../../../src/executors/docker/ownership.ts';

const here: ProcessSpace = { machine: 'laptop.0a1b2c3d4e5f', boot: 'aaaaaaaaaaaa', namespace: '4026531836' };
const running = { state: 'running', ageMs: 3_600_000 };
const gone = spawnSync(process.execPath, ['--version']).pid;

/** As another process would have been named there. */
function owner(space: ProcessSpace, pid: number): string {
  return newOwnerId(space).replace(`-${process.pid}-`, `-${pid}-`);
}

describe('who made a container', () => {
  it('is told from all others, by names that say nothing of the system’s own', () => {
    const space = processSpace(os.tmpdir());
    assert.deepEqual(processSpace(os.tmpdir()), space);
    assert.notEqual(newOwnerId(space), newOwnerId(space));
    assert.match(newOwnerId(space), /^[\w.-]+$/);
    assert.match(space.machine, /\.[0-9a-f]{12}$|\.$/);
    assert.ok(
      `${space.machine}${space.boot}`.length > os.hostname().length + 1,
      'a name alone is no machine',
    );
  });

  it('is not there any more where its process is gone from this kernel', () => {
    assert.equal(isOrphan({ ...running, owner: owner(here, gone) }, here), true);
    assert.equal(isOrphan({ ...running, owner: owner(here, process.pid) }, here), false);
  });

  it('may be there where a machine of the same name runs another kernel, or another namespace', () => {
    const others: readonly Partial<ProcessSpace>[] = [
      { machine: 'laptop.ffffffffffff', boot: 'bbbbbbbbbbbb' },
      { machine: 'laptop.ffffffffffff' },
      { machine: 'laptop.', boot: 'bbbbbbbbbbbb' },
      { boot: 'bbbbbbbbbbbb' },
      { namespace: '1' },
    ];
    for (const other of others)
      assert.equal(isOrphan({ ...running, owner: owner({ ...here, ...other }, gone) }, here), false);
  });

  it('is not there any more where its kernel is gone and the container does not run', () => {
    const before = owner({ ...here, boot: 'bbbbbbbbbbbb', namespace: '1' }, process.pid);
    const left = { state: 'exited', ageMs: 1000 };
    assert.equal(isOrphan({ ...left, owner: before }, here), true);
    assert.equal(isOrphan({ state: 'dead', ageMs: 1000, owner: before }, here), true);
    assert.equal(isOrphan({ state: 'created', ageMs: 3_600_000, owner: before }, here), true);
    // A copy of this machine may be about to start it.
    assert.equal(isOrphan({ state: 'created', ageMs: 1000, owner: before }, here), false);
    const nameless = { ...here, machine: 'laptop.' };
    const other = owner({ ...nameless, boot: 'bbbbbbbbbbbb' }, gone);
    assert.equal(isOrphan({ ...left, owner: other }, nameless), false);
  });

  it('is nobody of ours where the name has another form', () => {
    for (const name of ['', 'laptop.4026531836-1-0123abcd', 'contract-3', owner(here, gone).slice(0, -1)])
      assert.equal(isOrphan({ ...running, owner: name }, here), false, name);
  });
});
