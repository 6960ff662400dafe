import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { TurnClock } from '../../../src/agent/turnClock.ts';

describe('the clock of a turn', () => {
  it('runs out while it runs', async () => {
    const clock = new TurnClock(10);
    clock.start();
    await sleep(60);
    assert.equal(clock.signal.aborted, true);
  });

  it('does not run out while it is stopped', async () => {
    const clock = new TurnClock(20);
    clock.start();
    clock.stop();
    await sleep(80);
    assert.equal(clock.signal.aborted, false);
    clock.start();
    await sleep(80);
    assert.equal(clock.signal.aborted, true);
  });
});
