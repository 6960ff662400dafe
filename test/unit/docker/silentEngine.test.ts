import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { RunResult } from '../../../src/core/run.ts';
import type { ContainerPlan } from '../../../src/executors/docker/containerSpec.ts';
import { shapeOf } from '../../../src/executors/docker/containerSpec.ts';
import {
  createDockerExecutor,
  type DockerExecutor,
} from '../../../src/executors/docker/createDockerExecutor.ts';
import { connect } from '../../../src/executors/docker/endpoint/connect.ts';
import { openSandbox } from '../../../src/executors/docker/openSandbox.ts';
import { dockerSettings } from '../../../src/executors/docker/settings.ts';
import { FakeEngine } from './fakeEngine.ts';

const plan: ContainerPlan = {
  image: 'image',
  runtime: '',
  podman: false,
  preload: [],
  shape: shapeOf(defaultLimits),
  owner: 'owner',
  leaseMs: 60_000,
};

describe('an engine that does not answer', () => {
  let engine: FakeEngine;
  let executor: DockerExecutor;
  beforeEach(async () => {
    engine = await FakeEngine.start();
    const settings = dockerSettings.parse({ host: engine.host, poolSize: 0 });
    executor = createDockerExecutor({
      root: path.resolve(import.meta.dirname, '../../..'),
      settings: () => settings,
      limits: () => defaultLimits,
      runsFolder: path.join(path.dirname(engine.socket), 'runs'),
    });
  });
  afterEach(async () => {
    engine.speak();
    await executor.close();
    await engine.stop();
  });

  async function run(signal: AbortSignal): Promise<RunResult> {
    const request = {
      runId: randomUUID(),
      language: 'python',
      code: 'print(1)',
      title: 'a.py',
      files: [],
      limits: defaultLimits,
    } as const;
    return executor.execute(request, () => undefined, signal);
  }

  const questions = {
    'where it is asked who it is': /^GET \/version$/,
    'where it is asked for the image': /^GET \/images\//,
    'where it makes the container': /^POST \/containers\/create$/,
    'where the stream is attached': /^POST \/containers\/c1\/attach$/,
    'where the container is started': /^POST \/containers\/c1\/start$/,
  };
  for (const [where, question] of Object.entries(questions)) {
    it(`is left at once on cancel, ${where}`, async () => {
      engine.fallSilent((asked) => question.test(asked));
      const cancel = new AbortController();
      const running = run(cancel.signal);
      await engine.until((asked) => question.test(asked));
      cancel.abort();
      assert.equal((await running).status, 'cancelled');
      if (!where.includes('container') && !where.includes('stream')) return;
      // What it makes in the end is not left there.
      engine.speak();
      await engine.until((asked) => asked === 'DELETE /containers/c1');
    });
  }

  it('is given up after a while, and it is said what to do', async () => {
    const found = await connect({ host: engine.host });
    assert.ok('docker' in found);
    const leaving: Promise<void>[] = [];
    for (const silent of ['create', 'c1/start']) {
      engine.fallSilent((asked) => asked === `POST /containers/${silent}`);
      const opening = openSandbox(found.docker, plan, {
        signal: new AbortController().signal,
        behind: (gone) => leaving.push(gone),
        timeoutMs: 50,
      });
      await assert.rejects(opening, /does not start a container in time.*restart it/);
      engine.speak();
    }
    await Promise.all(leaving);
    assert.equal(engine.asked.filter((asked) => asked === 'DELETE /containers/c1').length, 2);
    found.dispose();
  });

  it('a runner that never says hello is another matter', async () => {
    const found = await connect({ host: engine.host });
    assert.ok('docker' in found);
    const opening = openSandbox(found.docker, plan, {
      signal: new AbortController().signal,
      behind: () => undefined,
      timeoutMs: 50,
    });
    await assert.rejects(opening, /The runner in image image said nothing in time/);
    found.dispose();
  });
});
