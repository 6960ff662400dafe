import assert from 'node:assert/strict';
import type { SelfTestReport } from '../../src/core/selfTest.ts';
import { runSelfTest } from '../../src/selfTest/runSelfTest.ts';
import type { MakeSubject } from './subject.ts';

/** What the self-test finds of a real sandbox, which it must leave nothing of behind. */
export async function selfTestReport(make: MakeSubject): Promise<SelfTestReport> {
  const subject = await make();
  try {
    const { sandbox } = await subject.executor.describe();
    return await runSelfTest(subject.executor, sandbox, () => undefined, new AbortController().signal);
  } finally {
    await subject.executor.close();
    assert.deepEqual(await subject.leftovers(), []);
    await subject.dispose();
  }
}

/** The state of each guarantee. */
export function statesOf({ proofs }: SelfTestReport): Record<string, string> {
  return Object.fromEntries(proofs.map(({ id, state }) => [id, state]));
}
