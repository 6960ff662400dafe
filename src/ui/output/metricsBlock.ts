import type { RunResult } from '../../core/run.ts';

const unknown = 'not known';

/** The lines under a run's output: one name and value each, for people and for copying. */
export function metricsBlock(result: RunResult): readonly (readonly [name: string, value: string])[] {
  const { metrics, sandbox } = result;
  const rows: [string, string][] = [['status', statusText(result)]];
  if (metrics.wallMs > 0 || metrics.cpuMs > 0) {
    // A container that was killed takes its counts with it.
    const lost = metrics.cpuMs === 0 && metrics.peakMemoryBytes === 0;
    rows.push(['wall time', milliseconds(metrics.wallMs)]);
    rows.push(['CPU time', lost ? unknown : milliseconds(metrics.cpuMs)]);
    rows.push(['peak memory', lost ? unknown : bytes(metrics.peakMemoryBytes)]);
    rows.push(['queue time', milliseconds(metrics.queueMs)], ['start time', milliseconds(metrics.startMs)]);
  }
  rows.push(['sandbox', [sandbox.backend, sandbox.runtime].filter((part) => part !== '').join(' · ')]);
  if (sandbox.reason !== undefined) rows.push(['why there', sandbox.reason]);
  if (sandbox.image !== '') rows.push(['image', imageText(sandbox.image, sandbox.digest)]);
  return rows;
}

/** `ok`, `error (exit code 3)`, `killed (SIGSEGV)` … */
export function statusText(
  result: Pick<RunResult, 'status' | 'exitCode' | 'signal' | 'interrupted'>,
): string {
  if (result.interrupted === true) return 'interrupted';
  if (result.signal !== null) return `${result.status} (${result.signal})`;
  if (result.exitCode === null) return result.status;
  return `${result.status} (exit code ${result.exitCode})`;
}

export function milliseconds(value: number): string {
  if (value < 10) return `${trimmed(value, 1)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  return `${trimmed(value / 1000, 2)} s`;
}

export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let size = value / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${trimmed(size, 1)} ${units[unit] ?? ''}`;
}

function imageText(image: string, digest: string): string {
  return digest === '' ? image : `${image} (${digest.slice(0, 19)})`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
