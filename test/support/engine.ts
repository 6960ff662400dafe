import type Dockerode from 'dockerode';
import { connect, type Connected } from '../../src/executors/docker/endpoint/connect.ts';
import { ownerLabel } from '../../src/executors/docker/containerLabels.ts';
import { listContainers } from '../../src/executors/docker/listContainers.ts';

/** The engine that the machine has; throws where none answers, with what to do. */
export async function requireEngine(host = ''): Promise<Connected> {
  const found = await connect({ host });
  if ('docker' in found) return found;
  throw new Error(`This test needs a container engine. ${found.unavailable}`);
}

/** Ids of the containers with that owner label, running or not. */
export async function containersOf(docker: Dockerode, owner: string): Promise<readonly string[]> {
  return (await listContainers(docker, [`${ownerLabel}=${owner}`])).map(({ Id }) => Id);
}

/** Waits until a condition holds; says what was waited for when it does not come true. */
export async function eventually(
  what: string,
  condition: () => Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
