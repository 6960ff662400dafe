import assert from 'node:assert/strict';
import type { Executor } from '../../src/core/ports.ts';
import type { MakeSubject, Subject } from './subject.ts';

/** One sandbox for all tests of the suite in whose body this is called, which must leave nothing behind. */
export function subjectForSuite(make: MakeSubject): { readonly executor: Executor } {
  let opened: Subject | undefined;
  before(async () => (opened = await make()));
  after(async () => {
    if (opened === undefined) return;
    await opened.executor.close();
    assert.deepEqual(await opened.leftovers(), []);
    await opened.dispose();
  });
  return {
    get executor() {
      if (opened === undefined) throw new Error('The sandbox is there only while a test of its suite runs.');
      return opened.executor;
    },
  };
}
