import assert from 'node:assert/strict';
import { Writable } from 'node:stream';
import { watchOutput } from '../../../src/cli/watchOutput.ts';

describe('the output of the terminal door', () => {
  /** One on which each write fails so. */
  async function failing(code: string) {
    const stdout = new Writable({
      autoDestroy: false,
      write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: no`), { code })),
    });
    let interrupts = 0;
    const why = watchOutput(stdout, () => (interrupts += 1));
    stdout.write('{');
    return { why: await why(), interrupted: interrupts > 0 };
  }

  it('that can not be written ends the command, with the reason', async () => {
    assert.deepEqual(await failing('ENOSPC'), { why: 'ENOSPC: no', interrupted: true });
  });

  it('that nobody reads any more ends it without one', async () => {
    assert.deepEqual(await failing('EPIPE'), { why: undefined, interrupted: true });
  });

  it('that is all written gives none', async () => {
    const stdout = new Writable({ write: (_chunk, _encoding, done) => done() });
    assert.equal(await watchOutput(stdout, () => undefined)(), undefined);
  });
});
