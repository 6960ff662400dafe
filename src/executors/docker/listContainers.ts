import type Dockerode from 'dockerode';
import { engineStatus } from './removeContainer.ts';

/** Of waiting for the engine's list. */
const longestMs = 20_000;

/**
 * The containers with these labels, running or not. An engine that was killed may go on listing a dead one
 * that it finds no more when it is asked for it, and so can't remove (Docker 20.10): that one is none.
 */
export async function listContainers(
  docker: Dockerode,
  label: readonly string[],
): Promise<Dockerode.ContainerInfo[]> {
  const abortSignal = AbortSignal.timeout(longestMs);
  const listed = await docker.listContainers({ all: true, filters: { label: [...label] }, abortSignal });
  const there = await Promise.all(
    listed.map(async ({ Id, State }) => State !== 'dead' || isThere(docker, Id, abortSignal)),
  );
  return listed.filter((_, at) => there[at]);
}

async function isThere(docker: Dockerode, id: string, abortSignal: AbortSignal): Promise<boolean> {
  try {
    await docker.getContainer(id).inspect({ abortSignal });
    return true;
  } catch (error) {
    return engineStatus(error) !== 404;
  }
}
