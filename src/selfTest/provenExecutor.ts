import { GloveboxError } from '../core/errors.ts';
import type { Executor, SandboxStatus } from '../core/ports.ts';
import { emptyResult, type SandboxInfo } from '../core/run.ts';
import { SharedTask } from '../core/sharedTask.ts';
import { failures, type SelfTestReport } from '../core/selfTest.ts';
import { runSelfTest } from './runSelfTest.ts';
import type { SelfTestStore } from './selfTestStore.ts';

/** An executor that can be attacked on request, and that stays closed once an attack got through. */
export interface ProvenExecutor extends Executor {
  /** Attacks it now, also where it is closed: the way to open it again. Rejects where nothing can run, with `no-sandbox` where there is none. */
  selfTest(progress: (message: string) => void, signal: AbortSignal): Promise<SelfTestReport>;
}

export interface ProvenParts {
  readonly store: SelfTestStore;
  /** Whether the process goes on after a run, so that there is a time to test in. */
  readonly stays: boolean;
  readonly warn: (message: string) => void;
  /** Takes away what a run of the test has written. */
  readonly forget: (runId: string) => Promise<void>;
}

/**
 * Tests a sandbox of a new version quietly, behind its first run, and remembers the outcome for every
 * process of this machine. A sandbox whose proof failed is reported as not available and runs nothing.
 */
export function provenExecutor(
  executor: Executor,
  { store, stays, warn, forget }: ProvenParts,
): ProvenExecutor {
  const closing = new AbortController();
  let testing: SharedTask<SelfTestReport> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let quiet: Promise<void> | undefined;
  let told = false;

  async function describe(): Promise<SandboxStatus> {
    const status = await executor.describe();
    const known = status.available && identified(status.sandbox);
    const report = known ? await store.read(status.sandbox) : undefined;
    const reason = report === undefined ? undefined : closedReason(report);
    return reason === undefined
      ? status
      : { available: false, closed: true, reason, sandbox: status.sandbox };
  }

  function selfTest(progress: (message: string) => void, signal: AbortSignal): Promise<SelfTestReport> {
    if (testing === undefined || testing.settled || testing.abandoned)
      testing = new SharedTask((say, stop) => {
        // One that everybody has left may still be clearing up.
        const report = last.then(() => test(say, stop));
        last = report.catch(() => undefined);
        return report;
      });
    return testing.join(progress, AbortSignal.any([signal, closing.signal]));
  }

  async function test(progress: (message: string) => void, signal: AbortSignal): Promise<SelfTestReport> {
    const status = await executor.describe();
    if (!status.available) throw new GloveboxError('no-sandbox', status.reason);
    const report = await runSelfTest(executor, status.sandbox, progress, signal, forget);
    const reason = closedReason(report);
    // What got through is said before anything else can go wrong.
    if (reason !== undefined) warn(reason);
    if (identified(report.sandbox)) await keep(report);
    return report;
  }

  /** What was found holds in this process also where it can't be written down. */
  async function keep(report: SelfTestReport): Promise<void> {
    try {
      await store.write(report);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      warn(`The outcome of the self-test could not be kept, so other windows do not know of it: ${why}`);
    }
  }

  /** Behind the first run of a version: nobody waits for it, and what it finds counts for the next run. */
  async function testOnce(): Promise<void> {
    const status = await executor.describe();
    if (!status.available || (await store.read(status.sandbox)) !== undefined) return;
    if (stays) await selfTest(() => undefined, closing.signal);
    else if (!told) warn(neverTested);
    told = true;
  }

  return {
    ...executor,
    describe,
    selfTest,
    async execute(request, emit, signal) {
      const status = await describe();
      if (!status.available) {
        const result = emptyResult(request.runId, 'unavailable', status.sandbox, status.reason);
        emit({ kind: 'finished', result });
        return result;
      }
      const result = await executor.execute(request, emit, signal);
      // What could not be tested now is tried again behind the next run.
      quiet ??= testOnce()
        .catch(() => undefined)
        .finally(() => (quiet = undefined));
      if (!stays) await quiet;
      return result;
    },
    async close() {
      closing.abort();
      await Promise.allSettled([last, quiet]);
      await executor.close();
    },
  };
}

const neverTested =
  'This version of the sandbox was never attacked on this machine. `glovebox doctor` does it, and closes the sandbox if something gets through.';

/** A report on something that nobody can name would be taken for one on everything. */
function identified({ backend, digest }: SandboxInfo): boolean {
  return backend !== 'docker' || digest !== '';
}

/** For people; undefined while the sandbox holds. */
function closedReason(report: SelfTestReport): string | undefined {
  const failed = failures(report);
  if (failed.length === 0) return undefined;
  const what = failed.map((proof) => `${proof.what} (${proof.detail})`).join('; ');
  return `The self-test of this sandbox (${report.sandbox.runtime}) failed, so it is closed and runs nothing: ${what}. Run *Glovebox: Test the Sandbox* again after a repair, or choose another sandbox.`;
}
