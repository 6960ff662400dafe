import type { Row } from './benchPart.ts';
import type { Ours } from './ours.ts';
import type { Program } from './programs.ts';

const stretches = 5;

/** Runs per second that are kept up with that many at once: on the whole, and in the worst fifth. */
export async function throughput(
  ours: Ours,
  program: Program,
  concurrency: number,
  forMs: number,
): Promise<Row> {
  await ours.settle();
  const start = performance.now();
  const done: number[] = [];
  const worker = async (): Promise<void> => {
    while (performance.now() - start < forMs) {
      await ours.run(program, import.meta.filename);
      done.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  const tookMs = performance.now() - start;
  await ours.settle();
  const perStretch = Array.from({ length: stretches }, (_, index) => {
    const [from, to] = [(index * tookMs) / stretches, ((index + 1) * tookMs) / stretches];
    return done.filter((at) => at > from && at <= to).length;
  });
  return {
    case: `throughput-${concurrency}`,
    who: ours.who,
    n: done.length,
    p50: rate(done.length, tookMs),
    p95: rate(Math.min(...perStretch), tookMs / stretches),
    unit: 'runs/s',
  };
}

function rate(runs: number, ms: number): number {
  return Math.round((runs / ms) * 1e5) / 100;
}
