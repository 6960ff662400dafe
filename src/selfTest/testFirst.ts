import { GloveboxError } from '../core/errors.ts';
import type { SelfTestReport } from '../core/selfTest.ts';
import type { ProvenExecutor } from './provenExecutor.ts';

/**
 * Attacks the first of these sandboxes that is there at all. One that is there and can't be tested is
 * the one that the next run would fail in, so another one's proofs do not stand in for its own.
 */
export async function testFirst(
  sandboxes: readonly (() => Promise<ProvenExecutor>)[],
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<SelfTestReport> {
  let absent: unknown;
  for (const load of sandboxes) {
    try {
      return await (await load()).selfTest(progress, signal);
    } catch (error) {
      if (signal.aborted || !GloveboxError.is(error, 'no-sandbox')) throw error;
      absent = error;
    }
  }
  throw absent;
}
