import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findImage } from '../../src/executors/docker/images/findImage.ts';
import type { Connected } from '../../src/executors/docker/endpoint/connect.ts';
import { requireEngine } from '../support/engine.ts';
import { dockerSubject, type DockerSubject } from './dockerSubject.ts';
import { openTlsFront, withFarSsh } from './farEngine.ts';
import { artifactText, inputFile, runCode, told } from './subject.ts';

const far = 'ssh://me@far.example:2222';

/** The machine's real engine, by the ways in which people reach one on another machine. */
describe('docker: an engine far away', function () {
  this.timeout(120_000);
  let engine: Connected;
  let folder = '';
  let socket = '';
  before(async () => {
    engine = await requireEngine();
    socket = engine.engine.endpoint.replace('unix://', '');
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-far-'));
  });
  after(async () => {
    engine?.dispose();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  });

  async function lastingFor<T>(subject: DockerSubject, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await subject.executor.close();
      assert.deepEqual(await subject.leftovers(), []);
      await subject.dispose();
    }
  }

  async function mainJob(subject: DockerSubject): Promise<void> {
    const bytes = new Uint8Array(300_000).fill(65);
    const code = 'text = open("in.txt").read()\nopen("outputs/out.txt", "w").write(text)\nprint(len(text))';
    for (let run = 0; run < 2; run++) {
      const result = await runCode(subject.executor, code, { files: [inputFile('in.txt', bytes)] });
      assert.deepEqual([result.status, result.stdout], ['ok', '300000\n'], told(result));
      assert.equal((await artifactText(result, 'out.txt'))?.length, 300_000);
    }
  }

  it('runs programs through TLS', async () => {
    const front = await openTlsFront(socket, folder);
    const mine = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder };
    const before = Object.keys(mine).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, mine);
    try {
      const subject = await dockerSubject({ host: `tcp://127.0.0.1:${front.port}`, poolSize: 1 })();
      await lastingFor(subject, async () => mainJob(subject));
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      front.close();
    }
  });

  it('runs programs through ssh', async () => {
    await withFarSsh(socket, folder, async () => {
      const subject = await dockerSubject({ host: far, poolSize: 1 })();
      await lastingFor(subject, async () => mainJob(subject));
    });
  });

  it('a run that has to find the engine anew breaks no other off', async () => {
    const mine = `glovebox-test/${randomUUID()}`;
    const { sandbox } = await withSubject((subject) => runCode(subject.executor, 'print(1)'));
    await engine.docker.getImage(sandbox.image).tag({ repo: mine, tag: '1' });
    let served = '';
    try {
      await withFarSsh(socket, folder, async () => {
        const subject = await dockerSubject({ host: far, poolSize: 0, customImage: `${mine}:1` })();
        await lastingFor(subject, async () => {
          const begun = Promise.withResolvers<undefined>();
          const stop = new AbortController();
          const long = runCode(subject.executor, 'print("begun", flush=True)\nwhile True: pass', {
            signal: stop.signal,
            onEvent: (event) => event.kind === 'output' && begun.resolve(undefined),
          });
          await begun.promise;
          served = (await subject.executor.describe()).sandbox.image;
          await engine.docker.getImage(served).remove({ force: true });
          const other = await runCode(subject.executor, 'print(2)');
          assert.deepEqual([other.status, other.stdout], ['ok', '2\n'], told(other));
          stop.abort();
          assert.equal((await long).status, 'cancelled', told(await long));
        });
      });
    } finally {
      for (const name of [served, `${mine}:1`]) {
        if (name !== '' && (await findImage(engine.docker, name, AbortSignal.timeout(10_000))) !== undefined)
          await engine.docker.getImage(name).remove({ force: true });
      }
    }
  });

  async function withSubject<T>(work: (subject: DockerSubject) => Promise<T>): Promise<T> {
    const subject = await dockerSubject({ poolSize: 0 })();
    return lastingFor(subject, async () => work(subject));
  }
});
