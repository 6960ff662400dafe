import assert from 'node:assert/strict';
import { Session } from '../../../src/executors/session/session.ts';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';
import { emptyResult, type RunRequest } from '../../../src/core/run.ts';
import { defaultLimits } from '../../../src/core/limits.ts';
import { someSandbox } from '../../support/records.ts';

const someRequest: RunRequest = {
  runId: 'r1',
  language: 'python',
  code: '1',
  title: 'one.py',
  files: [],
  limits: defaultLimits,
};

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

  it('tells a run that the person interrupted from one that failed, or that went on all the same', async () => {
    const sandbox: Sandbox = {
      closed: new Promise(() => undefined),
      gone: false,
      onFrame: () => ({ dispose: () => undefined }),
      send: async () => undefined,
      pause: () => undefined,
      resume: () => undefined,
      whyLost: async () => 'killed',
      destroy: async () => undefined,
    };
    let interrupts = true;
    let exitCode = 130;
    const session: Session = new Session({
      sandbox,
      info: someSandbox,
      idleMs: 60_000,
      run: async ({ runId }) => {
        if (interrupts) session.interrupt();
        return { ...emptyResult(runId, exitCode === 0 ? 'ok' : 'error', someSandbox, ''), exitCode };
      },
      ended: () => undefined,
    });
    const run = () => session.run(someRequest, () => undefined, new AbortController().signal);
    assert.equal((await run()).interrupted, true);
    exitCode = 0;
    assert.equal((await run()).interrupted, undefined);
    exitCode = 1;
    assert.equal((await run()).interrupted, undefined);
    interrupts = false;
    exitCode = 130;
    assert.equal((await run()).interrupted, undefined, 'a program may end with 130 by itself');
    await session.close();
  });
});
