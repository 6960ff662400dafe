import assert from 'node:assert/strict';
import type { Executor } from '../../../src/core/ports.ts';
import { emptyResult, type SandboxInfo } from '../../../src/core/run.ts';
import { runSelfTest } from '../../../src/selfTest/runSelfTest.ts';

const never = new AbortController().signal;
const sandbox: SandboxInfo = { backend: 'wasm', runtime: '', image: '', digest: '' };

/** Tells of each program that brings a token along whether our own environment has it. */
function watched(before: () => Promise<unknown>): { readonly executor: Executor; readonly baits: boolean[] } {
  const baits: boolean[] = [];
  const executor: Executor = {
    describe: async () => ({ available: true, sandbox }),
    async execute({ runId, code }) {
      await before();
      const [token] = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(code) ?? [];
      if (token !== undefined) baits.push(Object.values(process.env).includes(token));
      return emptyResult(runId, 'ok', sandbox, '');
    },
    refuses: async () => undefined,
    close: async () => undefined,
  };
  return { executor, baits };
}

describe('the bait of a self-test', () => {
  const test = async (executor: Executor): Promise<unknown> =>
    runSelfTest(executor, sandbox, () => undefined, never);

  it('is there for each of two at once until its own end, and then gone', async () => {
    const names = Object.keys(process.env);
    const [begun, short] = [Promise.withResolvers<void>(), watched(async () => undefined)];
    const first = begun.promise.then(() => test(short.executor));
    const long = watched(async () => {
      begun.resolve();
      await first;
    });
    await test(long.executor);
    assert.ok(short.baits.length > 0 && long.baits.length > 0);
    assert.deepEqual(new Set([...short.baits, ...long.baits]), new Set([true]));
    assert.deepEqual(Object.keys(process.env), names);
  });
});
