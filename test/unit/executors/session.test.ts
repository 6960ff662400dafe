import assert from 'node:assert/strict';
import { Session } from '../../../src/executors/session/session.ts';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';
import { emptyResult } from '../../../src/core/run.ts';
import { someSandbox } from '../../support/records.ts';

describe('a session', () => {
  it('ends once, whether its sandbox goes, it is closed, or both', async () => {
    for (const way of ['sandbox', 'close', 'both'] as const) {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      let ended = 0;
      const sandbox: Sandbox = {
        closed,
        gone: false,
        onFrame: () => ({ dispose: () => undefined }),
        send: async () => undefined,
        pause: () => undefined,
        resume: () => undefined,
        whyLost: async () => 'killed',
        destroy: async () => resolve(),
      };
      const session = new Session({
        sandbox,
        info: someSandbox,
        idleMs: 60_000,
        run: async ({ runId }) => emptyResult(runId, 'ok', someSandbox, ''),
        ended: () => void ended++,
      });
      if (way !== 'close') resolve();
      if (way !== 'sandbox') await session.close();
      await closed;
      await new Promise(setImmediate);
      assert.equal(ended, 1, way);
    }
  });
});
