import { setTimeout } from 'node:timers/promises';
import type { Executor, SandboxStatus } from '../../core/ports.ts';

/** Clients give up on a server that takes long to start, and an engine that hangs takes longer. */
const patienceMs = 5000;

/** The sandbox that the next run would get; undefined where it has not answered soon, or at an interrupt. */
export async function sandboxInTime(
  executor: Pick<Executor, 'describe'>,
  interrupt: AbortSignal,
): Promise<SandboxStatus | undefined> {
  const told = new AbortController();
  const signal = AbortSignal.any([told.signal, interrupt]);
  const late = setTimeout(patienceMs, undefined, { signal }).catch(() => undefined);
  try {
    return await Promise.race([executor.describe(), late]);
  } finally {
    told.abort();
  }
}
