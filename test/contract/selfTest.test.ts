import assert from 'node:assert/strict';
import { failures } from '../../src/core/selfTest.ts';
import { dockerSubject } from './dockerSubject.ts';
import { processSubject } from './processSubject.ts';
import { selfTestReport, statesOf } from './selfTestReport.ts';

describe('the self-test on real sandboxes', function () {
  this.timeout(180_000);

  for (const [name, make] of [
    ['the local process sandbox', processSubject],
    ['Docker', dockerSubject()],
  ] as const) {
    it(`proves everything of ${name}`, async () => {
      const found = await selfTestReport(make);
      assert.deepEqual(failures(found), []);
      assert.deepEqual(new Set(Object.values(statesOf(found))), new Set(['proved']));
    });
  }
});
