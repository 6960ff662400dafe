import assert from 'node:assert/strict';
import { joined } from '../../src/core/joined.ts';

describe('joined', () => {
  it('does its work once for all who ask meanwhile, and anew later, also after a failure', async () => {
    const begun: PromiseWithResolvers<string>[] = [];
    const work = joined(() => {
      const next = Promise.withResolvers<string>();
      begun.push(next);
      return next.promise;
    });
    const both = Promise.all([work(), work()]);
    assert.equal(begun.length, 1);
    begun[0]?.resolve('first');
    assert.deepEqual(await both, ['first', 'first']);
    const failing = work();
    begun[1]?.reject(new Error('no'));
    await assert.rejects(failing, /no/);
    const last = work();
    begun[2]?.resolve('third');
    assert.equal(await last, 'third');
  });
});
