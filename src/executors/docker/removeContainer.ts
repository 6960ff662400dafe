import type Dockerode from 'dockerode';

/** An engine that takes longer than this to let go of a container hangs. */
const longestMs = 20_000;

/** The HTTP status of a failed engine call, if it got that far. */
export function engineStatus(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

/**
 * Kills and removes a container and waits until the engine has let go of it. Never rejects: when the
 * engine can't be reached or hangs, the runner ends by itself because nobody keeps it alive.
 */
export async function removeContainer(docker: Dockerode, id: string): Promise<void> {
  const container = docker.getContainer(id);
  const abortSignal = AbortSignal.timeout(longestMs);
  try {
    await container.remove({ force: true, v: true, abortSignal });
  } catch (error) {
    // 409: it is being removed already, by AutoRemove.
    if (engineStatus(error) === 409) {
      await container.wait({ condition: 'removed', abortSignal }).catch(() => undefined);
    }
  }
}
