import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../src/core/limits.ts';
import { createDockerExecutor } from '../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings } from '../../src/executors/docker/settings.ts';
import { containersOf, eventually, requireEngine } from '../support/engine.ts';
import { buildOwnImage } from './buildOwnImage.ts';
import { dockerSubject } from './dockerSubject.ts';
import { runCode, told } from './subject.ts';

describe('docker: the pool', function () {
  this.timeout(300_000);

  it('hands each container out once', async () => {
    const subject = await dockerSubject({ poolSize: 2 })();
    const { docker } = await requireEngine();
    const seen = new Set<string>();
    for (let run = 0; run < 4; run++) {
      // Until those that were being started are ready; else the run gets one that was never waiting.
      await subject.executor.prepare?.(() => undefined, new AbortController().signal);
      const waiting = await containersOf(docker, subject.owner);
      const result = await runCode(subject.executor, 'print(open("/proc/sys/kernel/random/uuid").read())');
      assert.equal(result.status, 'ok', told(result));
      await eventually(
        'the used container is gone and another waits',
        async () => {
          const now = await containersOf(docker, subject.owner);
          return now.length === 2 && now.some((id) => !waiting.includes(id));
        },
        60_000,
      );
      for (const id of waiting) seen.add(id);
    }
    assert.ok(seen.size >= 4, String(seen.size));
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });

  it('shrinks when idle and comes back with use', async () => {
    const subject = await dockerSubject({ poolSize: 1, idleSeconds: 2 })();
    await eventually('the idle pool is empty', async () => (await subject.leftovers()).length === 0, 30_000);
    assert.equal((await runCode(subject.executor, 'print(1)')).status, 'ok');
    await eventually('one waits again', async () => (await subject.leftovers()).length === 1, 30_000);
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });

  it('other limits get other containers, and the old ones go', async () => {
    const subject = await dockerSubject({ poolSize: 1 })();
    const [before] = await subject.leftovers();
    const code =
      'import glob\nprint(open((glob.glob("/sys/fs/cgroup/memory/memory.limit_in_bytes") + glob.glob("/sys/fs/cgroup/memory.max"))[0]).read())';
    const memoryBytes = defaultLimits.memoryBytes / 2;
    const result = await runCode(subject.executor, code, { limits: { memoryBytes } });
    assert.equal(result.stdout.trim(), String(memoryBytes), told(result));
    await eventually(
      'the old container is gone',
      async () => !(await subject.leftovers()).includes(before ?? ''),
    );
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });

  it('swap does not add to the memory, or it is said that the engine does not count it', async () => {
    const engine = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const code = `import glob
limits = glob.glob("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes") + glob.glob("/sys/fs/cgroup/memory.swap.max")
print(*(open(limit).read().strip() for limit in limits))`;
    const result = await runCode(subject.executor, code);
    if (engine.engine.unkept.includes('swap')) {
      assert.match(result.sandbox.reason ?? '', /swap/, told(result));
    } else {
      // The older of the two files counts memory and swap together.
      assert.ok([String(defaultLimits.memoryBytes), '0'].includes(result.stdout.trim()), told(result));
    }
    await subject.executor.close();
    engine.dispose();
    await subject.dispose();
  });

  it('a changed setting lets go of what waits, at once; one that does not matter to it does not', async () => {
    const engine = await requireEngine();
    const owner = `changing-${randomUUID()}`;
    const alive = async (): Promise<readonly string[]> => containersOf(engine.docker, owner);
    const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-pool-'));
    let settings = dockerSettings.parse({ poolSize: 1 });
    let limits = defaultLimits;
    const executor = createDockerExecutor({
      root: path.resolve(import.meta.dirname, '../..'),
      settings: () => settings,
      limits: () => limits,
      runsFolder,
      owner,
    });
    try {
      const changes = [
        () => (settings = { ...settings, preload: ['numpy'] }),
        () => (settings = { ...settings, packages: ['tabulate==0.9.0'] }),
        () => (limits = { ...limits, memoryBytes: limits.memoryBytes / 2 }),
        () => (settings = { ...settings, poolSize: 0 }),
      ];
      for (const change of changes) {
        settings = { ...settings, packages: [] };
        await executor.prepare?.(() => undefined, new AbortController().signal);
        const waiting = await alive();
        assert.equal(waiting.length, 1);
        settings = { ...settings, maxConcurrent: settings.maxConcurrent + 1 };
        limits = { ...limits, wallMs: limits.wallMs + 1 };
        executor.settingsChanged();
        change();
        assert.deepEqual(await alive(), waiting);
        executor.settingsChanged();
        await eventually('what waited is gone without a run', async () => (await alive()).length === 0);
      }
    } finally {
      await executor.close();
      assert.deepEqual(await alive(), []);
      await rm(runsFolder, { recursive: true, force: true });
      engine.dispose();
    }
  });

  it('an image that somebody removed is built anew, and the run goes on', async () => {
    const engine = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0, packages: ['tabulate==0.9.0'] })();
    const { image } = (await runCode(subject.executor, 'print(1)')).sandbox;
    await engine.docker.getImage(image).remove({ force: true });
    const result = await runCode(subject.executor, 'import tabulate\nprint(2)');
    assert.deepEqual([result.status, result.stdout], ['ok', '2\n'], told(result));
    await subject.executor.close();
    await engine.docker.getImage(image).remove();
    engine.dispose();
    await subject.dispose();
  });

  it('an own image that is built anew under its name is used from the next run on', async () => {
    const engine = await requireEngine();
    const ours = await dockerSubject({ poolSize: 0 })();
    const { sandbox } = await runCode(ours.executor, 'print(1)');
    await ours.executor.close();
    await ours.dispose();
    const customImage = `glovebox-test/${randomUUID()}:1`;
    const served: string[] = [];
    const build = async (version: string): Promise<void> =>
      buildOwnImage(
        engine.docker,
        customImage,
        `FROM ${sandbox.image}\nUSER 0\nRUN echo ${version} > /version\n`,
      );
    await build('one');
    const own = await dockerSubject({ poolSize: 1, customImage })();
    try {
      for (const version of ['one', 'two']) {
        await build(version);
        const result = await runCode(own.executor, 'print(open("/version").read(), end="")');
        assert.deepEqual([result.status, result.stdout], ['ok', `${version}\n`], told(result));
        served.push(result.sandbox.image);
      }
    } finally {
      await own.executor.close();
      assert.deepEqual(await own.leftovers(), []);
      await own.dispose();
      for (const name of [...served, customImage]) await engine.docker.getImage(name).remove({ force: true });
      engine.dispose();
    }
  });

  it('a container that died while it waited costs the next run nothing but time', async () => {
    const { docker } = await requireEngine();
    const subject = await dockerSubject({ poolSize: 1 })();
    const [waiting = ''] = await subject.leftovers();
    await docker.getContainer(waiting).kill();
    const result = await runCode(subject.executor, 'print(1)');
    assert.deepEqual([result.status, result.stdout], ['ok', '1\n'], told(result));
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });

  it('a container killed in the middle of a run is told', async () => {
    const { docker } = await requireEngine();
    const subject = await dockerSubject({ poolSize: 0 })();
    const result = await runCode(subject.executor, 'print("begun", flush=True)\nwhile True: pass', {
      onEvent: (event) => {
        if (event.kind !== 'output') return;
        void containersOf(docker, subject.owner).then(async ([id = '']) => {
          await docker.getContainer(id).kill();
        });
      },
    });
    assert.deepEqual([result.status, result.stdout], ['killed', 'begun\n'], told(result));
    assert.match(result.message ?? '', /from outside/);
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  });
});
