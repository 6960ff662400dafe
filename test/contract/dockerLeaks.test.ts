import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type Dockerode from 'dockerode';
import { defaultLimits } from '../../src/core/limits.ts';
import { aliveContainers } from '../../src/executors/docker/aliveContainers.ts';
import { shapeOf } from '../../src/executors/docker/containerSpec.ts';
import { openSandbox } from '../../src/executors/docker/openSandbox.ts';
import { createDockerExecutor } from '../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings } from '../../src/executors/docker/settings.ts';
import { leaseLabel, ownerLabel } from '../../src/executors/docker/containerLabels.ts';
import { newOwnerId, processSpace, type ProcessSpace } from '../../src/executors/docker/ownership.ts';
import { containersOf, eventually, requireEngine } from '../support/engine.ts';
import { dockerSubject } from './dockerSubject.ts';
import { runCode, told } from './subject.ts';

const hostParts = () => ({
  root: path.resolve(import.meta.dirname, '../..'),
  settings: () => dockerSettings.parse({ poolSize: 0 }),
  limits: () => defaultLimits,
});

async function statesOf(docker: Dockerode, owner: string): Promise<readonly string[]> {
  const filters = { label: [`${ownerLabel}=${owner}`] };
  return (await docker.listContainers({ all: true, filters })).map(({ State }) => State);
}

describe('docker: nothing leaks', function () {
  this.timeout(120_000);

  it('a host killed with SIGKILL in the middle of a run and of a refill: nothing runs on', async () => {
    const engine = await requireEngine();
    const { docker } = engine;
    const script = path.join(import.meta.dirname, 'hostProcess.ts');
    const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-killed-'));
    const took: string[] = [];
    // The refill behind a run begins after 150 ms; containers are made and started from then on.
    for (const delayMs of [0, 165, 200, 300]) {
      const host = spawn(process.execPath, [script, runsFolder], { stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const [said] = (await once(host.stdout, 'data')) as [Buffer];
        const [owner = ''] = said.toString().split('\n');
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        const before = await statesOf(docker, owner);
        assert.ok(before.includes('running'), before.join());
        const killedAt = performance.now();
        host.kill('SIGKILL');
        const runs = async (): Promise<boolean> =>
          (await statesOf(docker, owner)).some((state) => state !== 'created');
        await eventually('nothing of the killed host runs', async () => !(await runs()), 30_000);
        took.push(`${Math.round(performance.now() - killedAt)} ms (${before.length} containers)`);
        // One that was made and not yet started uses nothing; the next start of any host takes it away.
        const next = createDockerExecutor({ ...hostParts(), runsFolder });
        await next.describe();
        await next.close();
        assert.deepEqual(await statesOf(docker, owner), []);
      } finally {
        host.kill('SIGKILL');
      }
    }
    console.log(`      nothing was alive after ${took.join(', ')}`);
    await rm(runsFolder, { recursive: true, force: true });
    engine.dispose();
  });

  it('a sweep takes what is past its lease, and only that', async () => {
    const { docker } = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const owner = `swept-${randomUUID()}`;
    const { sandbox } = await runCode(subject.executor, 'print(1)');
    const make = async (lease: number): Promise<string> => neverStarted(docker, sandbox.image, owner, lease);
    const stale = await make(-60_000);
    const fresh = await make(600_000);
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

  it('a sweep takes what a process of this machine left, and nothing of another machine of that name', async () => {
    const engine = await requireEngine();
    const { docker } = engine;
    const first = await dockerSubject({ poolSize: 0 })();
    const { sandbox } = await runCode(first.executor, 'print(1)');
    const space = processSpace(os.tmpdir());
    const gone = spawnSync(process.execPath, ['--version']).pid;
    const make = async (of: ProcessSpace): Promise<string> => {
      const owner = newOwnerId(of).replace(`-${process.pid}-`, `-${gone}-`);
      return neverStarted(docker, sandbox.image, owner, 600_000);
    };
    const ours = await make(space);
    const theirs = await make({ ...space, machine: `${os.hostname()}.ffffffffffff`, boot: 'ffffffffffff' });
    const second = await dockerSubject({ poolSize: 0 })();
    const all = async (): Promise<readonly string[]> =>
      (await docker.listContainers({ all: true })).map(({ Id }) => Id);
    try {
      await second.executor.describe();
      await eventually('what is ours is gone', async () => !(await all()).includes(ours));
      assert.ok((await all()).includes(theirs));
    } finally {
      await docker.getContainer(theirs).remove({ force: true });
      await Promise.all([first, second].map(async ({ executor }) => executor.close()));
      await Promise.all([first, second].map(async ({ dispose }) => dispose()));
      engine.dispose();
    }
  });

  it('what an engine made and never told of goes when its owner closes', async () => {
    const engine = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const { sandbox } = await runCode(subject.executor, 'print(1)');
    await neverStarted(engine.docker, sandbox.image, subject.owner, 600_000);
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
    engine.dispose();
  });

  it('a container that is in use keeps its lease', async () => {
    const engine = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const { sandbox } = await runCode(subject.executor, 'print(1)');
    const owner = `renewing-${randomUUID()}`;
    const plan = {
      image: sandbox.image,
      runtime: '',
      podman: false,
      preload: [],
      shape: shapeOf(defaultLimits),
      owner,
      leaseMs: 3000,
    };
    const opening = { signal: new AbortController().signal, behind: () => undefined };
    const container = await openSandbox(engine.docker, plan, opening);
    const lease = async (): Promise<number> =>
      (await aliveContainers(engine.docker, processSpace(os.tmpdir()))).find(({ id }) => id === container.id)
        ?.leaseUntil ?? 0;
    try {
      const first = await lease();
      await eventually('the lease is renewed', async () => (await lease()) > first + plan.leaseMs);
      assert.equal(container.gone, false);
    } finally {
      await container.destroy();
      await subject.executor.close();
      await subject.dispose();
      engine.dispose();
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

/** A container with the labels of ours and so much of its lease left, in milliseconds. */
async function neverStarted(
  docker: Dockerode,
  image: string,
  owner: string,
  leaseMs: number,
): Promise<string> {
  const lease = new Date(Date.now() + leaseMs).toISOString();
  const Labels = { [ownerLabel]: owner, [leaseLabel]: lease };
  const options = { Image: image, Cmd: ['x'], Labels, HostConfig: { NetworkMode: 'none' } };
  return (await docker.createContainer(options)).id;
}
