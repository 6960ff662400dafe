import type { Row } from './benchPart.ts';
import type { CancelTiming, Ours } from './ours.ts';
import { rowOf } from './statistics.ts';

/** How long a cancel takes: until the person has the result, and until nothing of the run is left. */
export async function cancelRows(ours: Ours, rounds: number, untilMs: number): Promise<readonly Row[]> {
  const timings: CancelTiming[] = [];
  while (timings.length === 0 || (timings.length < rounds && performance.now() < untilMs)) {
    timings.push(await ours.cancel());
  }
  return [
    rowOf(
      'cancel-to-result',
      ours.who,
      timings.map(({ resultMs }) => resultMs),
    ),
    rowOf(
      'cancel-to-gone',
      ours.who,
      timings.map(({ goneMs }) => goneMs),
    ),
  ];
}
