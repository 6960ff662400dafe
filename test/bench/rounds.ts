import type { BenchCase, Row, Timing } from './benchPart.ts';
import { rowOf } from './statistics.ts';

export interface RoundsPlan {
  readonly rounds: number;
  /** The first round is not counted. */
  readonly warmUp: boolean;
  /** Past this (`performance.now()`) nothing new is begun, once every case has a value. */
  readonly untilMs: number;
}

/**
 * Measures the cases in turn, round after round, each round in another order, so that whatever else
 * the machine does falls on all of them alike.
 */
export async function measure(
  cases: readonly BenchCase[],
  { rounds, warmUp, untilMs }: RoundsPlan,
  say: (message: string) => void,
): Promise<readonly Row[]> {
  const timings = new Map<BenchCase, Timing[]>(cases.map((each) => [each, []]));
  const first = warmUp ? 0 : 1;
  const over = (): boolean =>
    performance.now() > untilMs && [...timings.values()].every(({ length }) => length > 0);
  for (let round = first; round <= rounds && !over(); round++) {
    say(`round ${round} of ${rounds}`);
    for (let index = 0; index < cases.length && !over(); index++) {
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
