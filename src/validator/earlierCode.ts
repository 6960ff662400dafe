import type { Sighting } from './sighting.ts';

/** What the code that is judged can still use: the programs that ran before in its session, in order. */
export interface EarlierCode {
  /** All of it as one text; the judged code follows right behind. */
  readonly text: string;
  /** What was seen in it by itself; somebody has decided on that already. */
  readonly seen: readonly Sighting[];
}

/**
 * Of what was seen in earlier and judged code together, that which is new with the judged code: all in it,
 * and what it makes the earlier code do, with offsets into the judged code alone.
 */
export function sightingsOfJudged(together: readonly Sighting[], earlier: EarlierCode): Sighting[] {
  const before = earlier.text.length;
  const known = new Set(earlier.seen.map(keyOf));
  return together
    .filter((sighting) => sighting.end > before || !known.has(keyOf(sighting)))
    .map((sighting) => {
      const { start, end, message } = sighting;
      if (end > before || isOfAll(sighting)) return { ...sighting, ...shifted(start, end, before) };
      return {
        ...sighting,
        start: 0,
        end: 0,
        message: `${message}, in code of an earlier run of this session`,
      };
    });
}

/** Said of the whole text and not of a place in it. */
function isOfAll({ start, end }: Sighting): boolean {
  return start === 0 && end === 0;
}

function shifted(start: number, end: number, before: number): { start: number; end: number } {
  return { start: Math.max(0, start - before), end: Math.max(0, end - before) };
}

function keyOf({ rule, start, end }: Sighting): string {
  return `${rule} ${start} ${end}`;
}
