import assert from 'node:assert/strict';
import { lazy } from '../../../src/core/lazy.ts';

describe('what is made on first use', () => {
  it('is made once, and again where it failed', async () => {
    let asked = 0;
    const answer = lazy(async () => {
      if (++asked === 1) throw new Error('EIO');
      return asked;
    });
    const both = [answer(), answer()];
    for (const one of both) await assert.rejects(one, /EIO/);
    assert.deepEqual([await answer(), await answer(), asked], [2, 2, 2]);
  });
});
