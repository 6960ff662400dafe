import type { CardOutcome } from '../../protocol/card.ts';
import { bytes, duration } from '../quantity.ts';

/** What the run's block in the output channel says, in the card's few words. */
export function figures({ exitCode, signal, metrics, sandbox }: CardOutcome): readonly string[] {
  const { wallMs, cpuMs, peakMemoryBytes, queueMs, startMs } = metrics;
  const started = wallMs > 0 || cpuMs > 0;
  // A sandbox that was killed takes its counts with it.
  const counted = cpuMs > 0 || peakMemoryBytes > 0;
  const figuresOfRun = [
    signal ?? (exitCode === null ? '' : `exit ${exitCode}`),
    started ? `${duration(wallMs)} wall` : '',
    counted ? `${duration(cpuMs)} CPU` : '',
    counted ? `${bytes(peakMemoryBytes)} peak` : '',
    started ? `${duration(queueMs)} queued` : '',
    started ? `${duration(startMs)} to start` : '',
    [sandbox.backend, sandbox.runtime].filter((part) => part !== '').join('/'),
    sandbox.image,
  ];
  return figuresOfRun.filter((figure) => figure !== '');
}
