import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { failures, type SelfTestReport } from '../../src/core/selfTest.ts';
import { runSelfTest } from '../../src/selfTest/runSelfTest.ts';
import { dockerSubject } from './dockerSubject.ts';
import { processSubject } from './processSubject.ts';
import type { MakeSubject } from './subject.ts';
import { sandboxWithout } from './undoneSandbox.ts';
import { wasmSubject } from './wasmSubject.ts';

describe('the self-test on real sandboxes', function () {
  this.timeout(180_000);
  let cache: string;
  before(async () => (cache = await mkdtemp(path.join(os.tmpdir(), 'glovebox-cache-'))));
  after(async () => rm(cache, { recursive: true, force: true }));

  async function report(make: MakeSubject): Promise<SelfTestReport> {
    const subject = await make();
    try {
      const { sandbox } = await subject.executor.describe();
      return await runSelfTest(subject.executor, sandbox, () => undefined, new AbortController().signal);
    } finally {
      await subject.executor.close();
      assert.deepEqual(await subject.leftovers(), []);
      await subject.dispose();
    }
  }

  const states = ({ proofs }: SelfTestReport): Record<string, string> =>
    Object.fromEntries(proofs.map(({ id, state }) => [id, state]));

  for (const shell of [undefined, 'none'] as const) {
    const around = shell === undefined ? 'what there is here' : 'nothing';
    it(`proves all that it can of the embedded sandbox, and no more, with ${around} around it`, async () => {
      const found = await report(wasmSubject(cache, shell === undefined ? {} : { shell }));
      assert.deepEqual(failures(found), []);
      const { root, systemCalls, ...others } = states(found);
      assert.deepEqual([root, systemCalls], ['not-given', 'not-given']);
      assert.deepEqual(new Set(Object.values(others)), new Set(['proved']));
    });
  }

  it('finds out that the embedded sandbox has no wall', async () => {
    const sandbox = await sandboxWithout(['wall'], cache);
    const found = await report(wasmSubject(path.join(sandbox, 'cache'), { sandbox }));
    const [javascript] = failures(found).filter(({ id }) => id === 'javascript');
    assert.match(javascript?.detail ?? '', /constructor was found|object that Pyodide left/);
  });

  for (const [name, make] of [
    ['the local process sandbox', processSubject],
    ['Docker', dockerSubject()],
  ] as const) {
    it(`proves everything of ${name}`, async () => {
      const found = await report(make);
      assert.deepEqual(failures(found), []);
      assert.deepEqual(new Set(Object.values(states(found))), new Set(['proved']));
    });
  }
});
