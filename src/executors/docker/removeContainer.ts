import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';

/** An engine that takes longer than this to let go of a container hangs. */
const longestMs = 20_000;
const againMs = 250;

/** The HTTP status of a failed engine call, if it got that far. */
export function engineStatus(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

/** The engine has let go of a container, or nobody is there who could. */
const isOver = (status: number | undefined): boolean => status === undefined || status === 404;

/**
 * Kills and removes a container and waits until the engine has let go of it, which may fail for a moment where
 * its files are still in use. Never rejects: when the engine can't be reached or hangs, the runner ends by itself
 * because nobody keeps it alive.
 */
export async function removeContainer(docker: Dockerode, id: string): Promise<void> {
  const container = docker.getContainer(id);
  const abortSignal = AbortSignal.timeout(longestMs);
  while (!abortSignal.aborted) {
    try {
      await container.remove({ force: true, v: true, abortSignal });
      return;
    } catch (error) {
      const status = engineStatus(error);
      if (isOver(status)) return;
      // 409: it is being removed already, by AutoRemove.
      if (status === 409 && (await isRemoved(container, abortSignal))) return;
    }
    await sleep(againMs, undefined, { signal: abortSignal }).catch(() => undefined);
  }
}

async function isRemoved(container: Dockerode.Container, abortSignal: AbortSignal): Promise<boolean> {
  try {
    await container.wait({ condition: 'removed', abortSignal });
    return true;
  } catch (error) {
    return isOver(engineStatus(error));
  }
}
