import type { BenchCase, Row, Timing } from './benchPart.ts';
import { rowOf } from './statistics.ts';

const leastRounds = 2;

/**
 * Measures the cases in turn, round after round, each round in another order, so that whatever else
 * the machine does falls on all of them alike. The first round only warms up.
 */
export async function measure(
  cases: readonly BenchCase[],
  rounds: number,
  untilMs: number,
  say: (message: string) => void,
): Promise<readonly Row[]> {
  const timings = new Map<BenchCase, Timing[]>(cases.map((each) => [each, []]));
  for (let round = 0; round <= rounds; round++) {
    if (round > leastRounds && performance.now() > untilMs) break;
    say(`round ${round} of ${rounds}`);
    for (let index = 0; index < cases.length; index++) {
      const each = cases[(index + round) % cases.length];
      if (each === undefined) continue;
      const timing = await each.run();
      if (round > 0) timings.get(each)?.push(timing);
      await each.settle?.();
    }
  }
  return cases.flatMap((each) => rowsOf(each, timings.get(each) ?? []));
}

function rowsOf(each: BenchCase, timings: readonly Timing[]): readonly Row[] {
  const first = timings.flatMap(({ firstByteMs }) => (firstByteMs === undefined ? [] : [firstByteMs]));
  const rows = [
    rowOf(
      each.case,
      each.who,
      timings.map(({ resultMs }) => resultMs),
    ),
  ];
  if (first.length > 0) rows.push(rowOf(`${each.case}:first-byte`, each.who, first));
  return rows;
}
