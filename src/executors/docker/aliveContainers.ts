import type Dockerode from 'dockerode';
import type { AliveSandbox } from '../../core/ports.ts';
import { leaseLabel, leaseOf, ownerLabel, processSpace } from './containerLabels.ts';
import { removeContainer } from './removeContainer.ts';

/** Of waiting for the engine's list. */
const longestMs = 20_000;

/** Everything on the engine that carries our label. */
export async function aliveContainers(docker: Dockerode, now = Date.now()): Promise<AliveSandbox[]> {
  const found = await docker.listContainers({
    all: true,
    filters: { label: [ownerLabel, leaseLabel] },
    abortSignal: AbortSignal.timeout(longestMs),
  });
  return found.map(({ Id, Image, State, Labels, Names }) => {
    const owner = Labels[ownerLabel] ?? '';
    const leaseUntil = leaseOf(Labels[leaseLabel], Names);
    const stale = leaseUntil === undefined || leaseUntil < now || ownerIsDead(owner);
    return { id: Id, owner, image: Image, state: State, leaseUntil, stale };
  });
}

/** Removes what nobody can need any more; returns how many that were. */
export async function sweepContainers(docker: Dockerode): Promise<number> {
  const stale = (await aliveContainers(docker)).filter((container) => container.stale);
  await Promise.all(stale.map(async ({ id }) => removeContainer(docker, id)));
  return stale.length;
}

/** Removes all that this owner has made, also what an engine that died never told it of. */
export async function removeOwned(docker: Dockerode, owner: string): Promise<void> {
  const own = (await aliveContainers(docker)).filter((container) => container.owner === owner);
  await Promise.all(own.map(async ({ id }) => removeContainer(docker, id)));
}

/** True when the owner was a process of this machine that no longer exists. */
function ownerIsDead(owner: string): boolean {
  const parts = /^(.*)-(\d+)-[0-9a-f]{8}$/.exec(owner);
  if (parts === null || parts[1] !== processSpace()) return false;
  try {
    process.kill(Number(parts[2]), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
