import type Dockerode from 'dockerode';
import type { AliveSandbox } from '../../core/ports.ts';
import { leaseLabel, leaseOf, ownerLabel } from './containerLabels.ts';
import { listContainers } from './listContainers.ts';
import { isOrphan, type ProcessSpace } from './ownership.ts';
import { removeContainer } from './removeContainer.ts';

/** Everything on the engine that carries our label. */
export async function aliveContainers(
  docker: Dockerode,
  space: ProcessSpace,
  now = Date.now(),
): Promise<AliveSandbox[]> {
  const found = await listContainers(docker, [ownerLabel, leaseLabel]);
  return found.map(({ Id, Image, State, Labels, Names, Created }) => {
    const owner = Labels[ownerLabel] ?? '';
    const leaseUntil = leaseOf(Labels[leaseLabel], Names);
    const container = { owner, state: State, ageMs: now - Created * 1000 };
    const stale = leaseUntil === undefined || leaseUntil < now || isOrphan(container, space);
    return { id: Id, owner, image: Image, state: State, leaseUntil, stale };
  });
}

/** Removes what nobody can need any more; returns how many that were. */
export async function sweepContainers(docker: Dockerode, space: ProcessSpace): Promise<number> {
  const stale = (await aliveContainers(docker, space)).filter((container) => container.stale);
  await Promise.all(stale.map(async ({ id }) => removeContainer(docker, id)));
  return stale.length;
}

/** Removes all that this owner has made, also what an engine that died never told it of. */
export async function removeOwned(docker: Dockerode, owner: string): Promise<void> {
  const own = await listContainers(docker, [`${ownerLabel}=${owner}`]);
  await Promise.all(own.map(async ({ Id }) => removeContainer(docker, Id)));
}
