import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { failures } from '../../src/core/selfTest.ts';
import { selfTestReport, statesOf } from '../contract/selfTestReport.ts';
import { sandboxWithout } from './undoneSandbox.ts';
import { wasmSubject } from './wasmSubject.ts';

describe('the self-test on the embedded sandbox', function () {
  this.timeout(180_000);
  let cache: string;
  before(async () => (cache = await mkdtemp(path.join(os.tmpdir(), 'glovebox-cache-'))));
  after(async () => rm(cache, { recursive: true, force: true }));

  for (const shell of [undefined, 'none'] as const) {
    const around = shell === undefined ? 'what there is here' : 'nothing';
    it(`proves all that it can, and no more, with ${around} around it`, async () => {
      const found = await selfTestReport(wasmSubject(cache, shell === undefined ? {} : { shell }));
      assert.deepEqual(failures(found), []);
      const { root, systemCalls, ...others } = statesOf(found);
      assert.deepEqual([root, systemCalls], ['not-given', 'not-given']);
      assert.deepEqual(new Set(Object.values(others)), new Set(['proved']));
    });
  }

  it('finds out that there is no wall', async () => {
    const sandbox = await sandboxWithout(['wall'], cache);
    const found = await selfTestReport(wasmSubject(path.join(sandbox, 'cache'), { sandbox }));
    const [javascript] = failures(found).filter(({ id }) => id === 'javascript');
    assert.match(javascript?.detail ?? '', /constructor was found|object that Pyodide left/);
  });
});
