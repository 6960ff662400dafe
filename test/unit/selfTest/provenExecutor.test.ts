import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Executor } from '../../../src/core/ports.ts';
import { emptyResult, type RunRequest, type RunResult, type SandboxInfo } from '../../../src/core/run.ts';
import { failures, selfTestPage } from '../../../src/core/selfTest.ts';
import { Leftovers } from '../../../src/selfTest/leftovers.ts';
import { provenExecutor, type ProvenExecutor } from '../../../src/selfTest/provenExecutor.ts';
import { SelfTestStore } from '../../../src/selfTest/selfTestStore.ts';

/** A sandbox that says how it was left, for each of the attacks in turn, by what their code has in it. */
interface Behaviour {
  leaks: string;
  endless: RunResult['status'];
  /** What an attack waits for. */
  holdUp: Promise<void> | undefined;
}

const never = new AbortController().signal;

describe('the self-test of a sandbox', () => {
  let folder: string;
  let behaviour: Behaviour;
  let ran: string[];
  let forgotten: string[];
  let warnings: string[];
  let sandbox: SandboxInfo;
  let opened: ProvenExecutor[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-self-'));
    behaviour = { leaks: '', endless: 'timeout', holdUp: undefined };
    forgotten = [];
    ran = [];
    warnings = [];
    opened = [];
    sandbox = { backend: 'wasm', runtime: 'pyodide 1', image: 'pyodide', digest: 'one' };
  });
  afterEach(async () => {
    // A quiet test that still goes on would write its outcome after the folder is gone.
    for (const executor of opened) await executor.close();
    await rm(folder, { recursive: true, force: true });
  });

  function statusOf(code: string): RunResult['status'] {
    if (code.includes('while True: pass')) return behaviour.endless;
    if (code.includes('while True: sys.stdout')) return 'output-limit';
    return ['"x" * ', 'SystemExit(7)', 'GOT IT'].some((one) => code.includes(one)) ? 'error' : 'ok';
  }

  function open(): ProvenExecutor {
    const executor: Executor = {
      describe: async () => ({ available: true, sandbox }),
      async execute(request, emit) {
        ran.push(request.title);
        if (request.title === 'self-test.py') await behaviour.holdUp;
        emit({ kind: 'progress', message: 'Building the image' });
        const stdout = request.title === 'self-test.py' ? `${behaviour.leaks}tried everything\n` : 'mine\n';
        return { ...emptyResult(request.runId, statusOf(request.code), sandbox, ''), stdout };
      },
      refuses: async () => undefined,
      close: async () => undefined,
    };
    const proven = provenExecutor(
      executor,
      new SelfTestStore(folder),
      (message) => warnings.push(message),
      async (runId) => void forgotten.push(runId),
    );
    opened.push(proven);
    return proven;
  }

  async function run(executor: Executor): Promise<RunResult> {
    const request: RunRequest = {
      runId: 'r',
      language: 'python',
      code: '1',
      title: 'mine.py',
      files: [],
      limits: defaultLimits,
    };
    return executor.execute(request, () => undefined, never);
  }

  /** Until the quiet test behind a run is over. */
  async function settled(executor: ProvenExecutor): Promise<void> {
    await executor.selfTest(() => undefined, never);
  }

  it('comes quietly behind the first run of a version, and once', async () => {
    const first = open();
    assert.equal((await run(first)).status, 'ok');
    assert.equal(ran[0], 'mine.py', 'nobody waits for it');
    while (ran.length < 6) await new Promise((resolve) => setImmediate(resolve));
    await settled(first);
    const tested = ran.length;
    await run(first);
    const next = open();
    await run(next);
    await next.close();
    assert.equal(ran.length, tested + 2, 'what was proved is remembered');
    sandbox = { ...sandbox, digest: 'two' };
    await run(open());
    while (ran.length < tested + 8) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(warnings, []);
  });

  it('closes a sandbox that an attack gets out of, says what, and opens it again once it holds', async () => {
    behaviour.leaks = 'THROUGH files a file of the host was read\nTHROUGH network 127.0.0.1 was reached\n';
    const executor = open();
    const report = await executor.selfTest(() => undefined, never);
    assert.deepEqual(
      failures(report).map(({ id }) => id),
      ['files', 'network'],
    );
    assert.match(warnings.join(), /closed/);
    for (const one of [executor, open()]) {
      const status = await one.describe();
      assert.ok(!status.available && status.closed === true);
      assert.match(status.reason, /a file of the host was read/);
      const before = ran.length;
      const result = await run(one);
      assert.deepEqual([result.status, ran.length], ['unavailable', before]);
      assert.match(result.message ?? '', /host files/);
    }
    behaviour.leaks = '';
    await executor.selfTest(() => undefined, never);
    assert.equal((await run(executor)).status, 'ok');
  });

  it('says what a run waits for, such as the build of an image', async () => {
    const steps: string[] = [];
    await open().selfTest((step) => steps.push(step), never);
    assert.deepEqual(steps.slice(0, 2), ['Attack 1 of 9 …', 'Building the image']);
  });

  it('leaves nothing of its runs behind', async () => {
    await open().selfTest(() => undefined, never);
    assert.equal(forgotten.length, ran.length);
    assert.equal(new Set(forgotten).size, ran.length);
    const runs = path.join(folder, 'runs');
    const leftovers = new Leftovers(runs);
    for (const name of [...forgotten.slice(0, 2), 'a-run-of-somebody']) {
      await mkdir(path.join(runs, name), { recursive: true });
      await writeFile(path.join(runs, name, 'stdout.txt'), 'x');
    }
    await leftovers.of(forgotten[0]!);
    assert.deepEqual((await readdir(runs)).toSorted(), ['a-run-of-somebody', forgotten[1]]);
    await leftovers.sweep();
    assert.equal((await readdir(runs)).length, 2, 'it may be under way in another window');
    await leftovers.sweep(Date.now() + 2 * 3_600_000);
    assert.deepEqual(await readdir(runs), ['a-run-of-somebody']);
  });

  it('is one test for all who ask, each with its own progress and its own Stop', async () => {
    const held = Promise.withResolvers<void>();
    behaviour.holdUp = held.promise;
    const executor = open();
    await run(executor);
    while (ran.length < 2) await new Promise((resolve) => setImmediate(resolve));
    const steps: string[] = [];
    const stop = new AbortController();
    const stopped = executor.selfTest(() => undefined, stop.signal);
    const asked = executor.selfTest((step) => steps.push(step), never);
    assert.equal(steps.length, 1, 'what the quiet one is at');
    stop.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    held.resolve();
    await asked;
    assert.ok(steps.includes('Attack 9 of 9 …'));
    assert.equal(ran.length, 10, 'the first run, and one test');
  });

  it('ends when nobody waits for it any more', async () => {
    behaviour.holdUp = new Promise((resolve) => setTimeout(resolve, 50));
    const stop = new AbortController();
    const executor = open();
    const stopped = executor.selfTest(() => undefined, stop.signal);
    while (ran.length < 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    assert.equal(ran.length, 1);
    await executor.selfTest(() => undefined, never);
    assert.equal(ran.length, 10);
  });

  it('takes a run that was cut off for no proof and for no failure', async () => {
    behaviour.endless = 'killed';
    const report = await open().selfTest(() => undefined, never);
    const time = report.proofs.find(({ id }) => id === 'time');
    assert.equal(time?.state, 'not-provable');
    assert.equal((await open().describe()).available, true);
  });

  it('is a page that says of each guarantee whether it was proved, and of none that is not given that it is', async () => {
    const page = selfTestPage(await open().selfTest(() => undefined, never));
    assert.match(page, /\| host files \| proved here \|/);
    assert.match(page, /\| system calls \| not given \|/);
    assert.match(page, /Nothing that was tried got through/);
    assert.match(page, /\| Guarantee \| On this machine \| \w/);
    assert.doesNotMatch(page, /\dT\d/);
    const sandbox = { backend: 'wasm', runtime: 'pyodide', image: '', digest: '' } as const;
    const proof = {
      id: 'files',
      what: 'host files',
      state: 'proved',
      detail: 'in part: its own alone',
    } as const;
    assert.match(
      selfTestPage({ at: 0, sandbox, proofs: [proof] }),
      /\| host files \| proved in part \| its own alone \|/,
    );
  });
});
