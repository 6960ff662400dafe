import type { Row } from './benchPart.ts';

/** The value below which that share of the values lies, by linear interpolation. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export function rowOf(name: string, who: string, values: readonly number[], unit?: string): Row {
  const round = (value: number): number => Math.round(value * 100) / 100;
  const row = {
    case: name,
    who,
    n: values.length,
    p50: round(quantile(values, 0.5)),
    p95: round(quantile(values, 0.95)),
  };
  return unit === undefined ? row : { ...row, unit };
}

/** How many times as long `slow` takes as `fast` by their medians; undefined when one is missing. */
export function timesAsLong(
  rows: readonly Row[],
  name: string,
  slow: string,
  fast: string,
): number | undefined {
  const median = (who: string): number | undefined =>
    rows.find((row) => row.case === name && row.who === who)?.p50;
  const [above, below] = [median(slow), median(fast)];
  return above === undefined || below === undefined ? undefined : Math.round((above / below) * 100) / 100;
}
