import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { failures, selfTestPage } from '../../../src/core/selfTest.ts';
import { Leftovers } from '../../../src/selfTest/leftovers.ts';
import type { ProvenExecutor } from '../../../src/selfTest/provenExecutor.ts';
import { attackedForEach, never } from './attackedSandbox.ts';

describe('the self-test of a sandbox', () => {
  const attacked = attackedForEach();
  const { open, run } = attacked;

  /** Until the quiet test behind a run is over. */
  async function settled(executor: ProvenExecutor): Promise<void> {
    await executor.selfTest(() => undefined, never);
  }

  it('comes quietly behind the first run of a version, and once', async () => {
    const first = open();
    assert.equal((await run(first)).status, 'ok');
    assert.equal(attacked.ran[0], 'mine.py', 'nobody waits for it');
    while (attacked.ran.length < 6) await new Promise((resolve) => setImmediate(resolve));
    await settled(first);
    const tested = attacked.ran.length;
    await run(first);
    const next = open();
    await run(next);
    await next.close();
    assert.equal(attacked.ran.length, tested + 2, 'what was proved is remembered');
    attacked.sandbox = { ...attacked.sandbox, digest: 'two' };
    await run(open());
    while (attacked.ran.length < tested + 8) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(attacked.warnings, []);
  });

  it('closes a sandbox that an attack gets out of, says what, and opens it again once it holds', async () => {
    attacked.behaviour.leaks =
      'THROUGH files a file of the host was read\nTHROUGH network 127.0.0.1 was reached\n';
    const executor = open();
    const report = await executor.selfTest(() => undefined, never);
    assert.deepEqual(
      failures(report).map(({ id }) => id),
      ['files', 'network'],
    );
    assert.match(attacked.warnings.join(), /closed/);
    for (const one of [executor, open()]) {
      const status = await one.describe();
      assert.ok(!status.available && status.closed === true);
      assert.match(status.reason, /a file of the host was read/);
      const before = attacked.ran.length;
      const result = await run(one);
      assert.deepEqual([result.status, attacked.ran.length], ['unavailable', before]);
      assert.match(result.message ?? '', /host files/);
    }
    attacked.behaviour.leaks = '';
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
    assert.equal(attacked.forgotten.length, attacked.ran.length);
    assert.equal(new Set(attacked.forgotten).size, attacked.ran.length);
    const runs = path.join(attacked.folder, 'runs');
    const leftovers = new Leftovers(runs);
    for (const name of [...attacked.forgotten.slice(0, 2), 'a-run-of-somebody']) {
      await mkdir(path.join(runs, name), { recursive: true });
      await writeFile(path.join(runs, name, 'stdout.txt'), 'x');
    }
    await leftovers.of(attacked.forgotten[0]!);
    assert.deepEqual((await readdir(runs)).toSorted(), ['a-run-of-somebody', attacked.forgotten[1]]);
    await leftovers.sweep();
    assert.equal((await readdir(runs)).length, 2, 'it may be under way in another window');
    await leftovers.sweep(Date.now() + 2 * 3_600_000);
    assert.deepEqual(await readdir(runs), ['a-run-of-somebody']);
  });

  it('is one test for all who ask, each with its own progress and its own Stop', async () => {
    const held = Promise.withResolvers<void>();
    attacked.behaviour.holdUp = held.promise;
    const executor = open();
    await run(executor);
    while (attacked.ran.length < 2) await new Promise((resolve) => setImmediate(resolve));
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
    assert.equal(attacked.ran.length, 10, 'the first run, and one test');
  });

  it('ends when nobody waits for it any more', async () => {
    attacked.behaviour.holdUp = new Promise((resolve) => setTimeout(resolve, 50));
    const stop = new AbortController();
    const executor = open();
    const stopped = executor.selfTest(() => undefined, stop.signal);
    while (attacked.ran.length < 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
    await assert.rejects(stopped, /stopped/);
    assert.equal(attacked.ran.length, 1);
    await executor.selfTest(() => undefined, never);
    assert.equal(attacked.ran.length, 10);
  });

  it('takes a run that was cut off for no proof and for no failure', async () => {
    attacked.behaviour.endless = 'killed';
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
