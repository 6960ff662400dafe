import { writeFileSync } from 'node:fs';
import mocha from 'mocha';

/** What a mocha run leaves behind for the one who started it. */
export interface Counts {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

/**
 * The usual report, and besides a file (`GLOVEBOX_COUNTS`) with the figures, which neither a program's
 * output nor an exit code can counterfeit.
 */
class CountingReporter extends mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    let passes = 0;
    const failures: string[] = [];
    const pending: string[] = [];
    runner.on('pass', () => (passes += 1));
    runner.on('fail', (test, error: Error) => failures.push(`${test.fullTitle()}: ${inOneLine(error)}`));
    runner.on('pending', (test) => pending.push(test.fullTitle()));
    runner.once('end', () => {
      const file = process.env['GLOVEBOX_COUNTS'];
      const counts: Counts = { passed: passes, failed: failures, skipped: pending };
      if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
    });
  }
}

/** The end of a long log is often all that is kept of it, and the report of a failure is in the middle. */
function inOneLine({ message }: Error): string {
  return message.replace(/\s+/g, ' ').slice(0, 600);
}

// Mocha takes a reporter file's default export.
export { CountingReporter as default };
