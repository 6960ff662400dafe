import assert from 'node:assert/strict';
import { Session } from '../../../src/executors/session/session.ts';
import { Sessions } from '../../../src/executors/session/sessions.ts';
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

/** One that takes everything and says nothing. */
function quietSandbox(closed: Promise<void>, destroy: Sandbox['destroy']): Sandbox {
  return {
    closed,
    gone: false,
    onFrame: () => ({ dispose: () => undefined }),
    send: async () => undefined,
    pause: () => undefined,
    resume: () => undefined,
    whyLost: async () => 'killed',
    destroy,
  };
}

describe('a session', () => {
  it('ends once, whether its sandbox goes, it is closed, or both', async () => {
    for (const way of ['sandbox', 'close', 'both'] as const) {
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      let ended = 0;
      const sandbox = quietSandbox(closed, async () => resolve());
      const session = new Session({
        sandbox,
        madeFor: '',
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

  it('is replaced where another one is wanted now, behind what is under way', async () => {
    const sessions = new Sessions();
    const held = Promise.withResolvers<void>();
    const events: string[] = [];
    const open = (name: string) => async () => {
      const closed = Promise.withResolvers<void>();
      return new Session({
        sandbox: quietSandbox(closed.promise, async () => (events.push(`${name} goes`), closed.resolve())),
        madeFor: name,
        idleMs: 60_000,
        run: async ({ runId }) => {
          if (name === 'runc') await held.promise;
          events.push(`ran in ${name}`);
          return emptyResult(runId, 'ok', someSandbox, '');
        },
        ended: () => undefined,
      });
    };
    const never = new AbortController().signal;
    const run = async (name: string) => {
      const session = await sessions.get('a', name, open(name));
      await session.run(someRequest, () => undefined, never);
    };
    const first = run('runc');
    await new Promise(setImmediate);
    const second = run('runsc');
    await new Promise(setImmediate);
    assert.equal(await sessions.interrupt('a'), true, 'what still runs is still in reach');
    held.resolve();
    await Promise.all([first, second]);
    assert.deepEqual(events, ['ran in runc', 'runc goes', 'ran in runsc']);
    assert.equal(sessions.takeLoss('a'), true);
    await run('runsc');
    assert.equal(events.at(-1), 'ran in runsc');
    assert.equal(sessions.takeLoss('a'), false);
    await sessions.closeAll();
    assert.equal(events.at(-1), 'runsc goes');
  });

  it('tells a run that the person interrupted from one that failed, or that went on all the same', async () => {
    const sandbox = quietSandbox(new Promise(() => undefined), async () => undefined);
    let interrupts = true;
    let exitCode = 130;
    const session: Session = new Session({
      sandbox,
      madeFor: '',
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
    assert.equal(session.interrupt(), false, 'nothing runs');
    await session.close();
  });
});
