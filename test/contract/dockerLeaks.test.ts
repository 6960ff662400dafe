import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { leaseLabel, ownerLabel } from '../../src/executors/docker/containerLabels.ts';
import { containersOf, eventually, requireEngine } from '../support/engine.ts';
import { dockerSubject } from './dockerSubject.ts';
import { runCode, told } from './subject.ts';

describe('docker: nothing leaks', function () {
  this.timeout(120_000);

  it('a host killed with SIGKILL in the middle of a run', async () => {
    const { docker } = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const owner = `killed-${randomUUID()}`;
    const script = path.join(import.meta.dirname, 'hostProcess.ts');
    const host = spawn(process.execPath, [script, owner, subject.runsFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      await once(host.stdout, 'data');
      assert.ok((await containersOf(docker, owner)).length > 0);
      host.kill('SIGKILL');
      await eventually('the containers of the killed host are gone', async () => {
        return (await containersOf(docker, owner)).length === 0;
      });
    } finally {
      host.kill('SIGKILL');
      await subject.executor.close();
      await subject.dispose();
    }
  });

  it('a sweep takes what is past its lease, and only that', async () => {
    const { docker } = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const owner = `swept-${randomUUID()}`;
    const { sandbox } = await runCode(subject.executor, 'print(1)');
    const make = async (lease: Date): Promise<string> => {
      const Labels = { [ownerLabel]: owner, [leaseLabel]: lease.toISOString() };
      const HostConfig = { NetworkMode: 'none' };
      return (await docker.createContainer({ Image: sandbox.image, Cmd: ['x'], Labels, HostConfig })).id;
    };
    const stale = await make(new Date(Date.now() - 60_000));
    const fresh = await make(new Date(Date.now() + 600_000));
    const second = await dockerSubject({ poolSize: 0 })();
    try {
      const alive = await second.executor.alive();
      assert.equal(alive.find(({ id }) => id === fresh)?.stale, false);
      await eventually('the stale container is gone', async () => {
        const left = await containersOf(docker, owner);
        return !left.includes(stale);
      });
      assert.deepEqual(await containersOf(docker, owner), [fresh]);
    } finally {
      await docker.getContainer(fresh).remove({ force: true });
      await Promise.all([subject, second].map(async ({ executor }) => executor.close()));
      await Promise.all([subject, second].map(async ({ dispose }) => dispose()));
    }
  });

  it('a run that ends while the executor closes', async () => {
    const subject = await dockerSubject()();
    const runs = [1, 2, 3].map(async () => runCode(subject.executor, 'while True: pass'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await subject.executor.close();
    for (const result of await Promise.all(runs)) assert.equal(result.status, 'cancelled', told(result));
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });
});
