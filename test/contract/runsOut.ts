import type { Executor } from '../../src/core/ports.ts';
import type { RunResult } from '../../src/core/run.ts';
import { runCode, type Guarantees } from './subject.ts';

/**
 * Runs what takes too much memory. Of a sandbox that ends as a whole the engine has to say why, and now and then
 * it has removed it before it hears: that is told as killed, and tried again, but not for ever.
 */
export async function runsOut(executor: Executor, code: string, guarantees: Guarantees): Promise<RunResult> {
  let result = await runCode(executor, code);
  for (let more = 2; more > 0; more -= 1) {
    if (guarantees.memoryStatus !== 'sandbox' || result.status !== 'killed') break;
    result = await runCode(executor, code);
  }
  return result;
}
