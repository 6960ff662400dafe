import assert from 'node:assert/strict';
import { remembered } from '../../../src/executors/wasm/remembered.ts';

describe('an answer that is remembered', () => {
  it('is asked for once, and again where it could not be had', async () => {
    let asked = 0;
    const answer = remembered(async () => {
      if (++asked === 1) throw new Error('EIO');
      return asked;
    });
    const both = [answer(), answer()];
    for (const one of both) await assert.rejects(one, /EIO/);
    assert.deepEqual([await answer(), await answer(), asked], [2, 2, 2]);
  });
});
