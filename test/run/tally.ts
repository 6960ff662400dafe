/** What came of a suite; a test that failed or was skipped is named. */
export interface Tally {
  readonly passed: number;
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

export const nothing: Tally = { passed: 0, failed: [], skipped: [] };

export function passed(count = 1): Tally {
  return { ...nothing, passed: count };
}

export function failed(...titles: readonly string[]): Tally {
  return { ...nothing, failed: titles };
}

export function skipped(...titles: readonly string[]): Tally {
  return { ...nothing, skipped: titles };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((count, tally) => count + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
  };
}

/** Where everything has to be there, a skipped test is a failed one. */
export function requireAll(tally: Tally): Tally {
  const failures = tally.skipped.map((title) => `${title} (skipped, but everything is required here)`);
  return { passed: tally.passed, failed: [...tally.failed, ...failures], skipped: [] };
}

/** The line that a run of the tests ends with. */
export function summaryLine(tally: Tally): string {
  return `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`;
}
