import assert from 'node:assert/strict';
import os from 'node:os';
import { defaultLimits } from '../../../src/core/limits.ts';
import { createRunnerExecutor } from '../../../src/executors/createRunnerExecutor.ts';
import { someSandbox } from '../../support/records.ts';

describe('a run in a process of this machine', () => {
  it('keeps its result where no advice on it is to be had', async () => {
    const executor = createRunnerExecutor({
      describe: async () => ({ available: true, sandbox: someSandbox }),
      refuse: async () => 'It runs no such language.',
      keeps: () => false,
      take: () => Promise.reject(new Error('never')),
      discard: () => undefined,
      explain: () => Promise.reject(new Error('ENOENT: another window has just removed the file')),
      close: async () => undefined,
      runsFolder: os.tmpdir(),
      atOnce: 1,
      interrupts: false,
      sessionIdleMs: 1000,
    });
    const request = { runId: 'r', language: 'shell', code: 'ls', title: 'a.sh', files: [] } as const;
    const never = new AbortController().signal;
    const result = await executor.execute({ ...request, limits: defaultLimits }, () => undefined, never);
    assert.deepEqual([result.status, result.message], ['unavailable', 'It runs no such language.']);
    await executor.close();
  });
});
