import { setTimeout as sleep } from 'node:timers/promises';
import type Dockerode from 'dockerode';

const longestMs = 5000;
const pauseMs = 200;

export interface Settling {
  /** Takes only what is older than this. */
  readonly olderThanMs?: number;
  /** Done when nothing has shown up for so long; an engine finishes the step it is at after a cancel. */
  readonly quietMs?: number;
}

/**
 * Removes images without a name that carry the label.
 *
 * A parent goes with its last child and becomes such an image itself when two of them left at once, and
 * one whose build container is still on its way out can't go yet: hence one at a time, and again.
 */
export async function removeStages(
  docker: Dockerode,
  label: string,
  { olderThanMs = 0, quietMs = 0 }: Settling = {},
): Promise<void> {
  const begun = Date.now();
  for (let quietSince = begun; Date.now() - begun < longestMs; await sleep(pauseMs)) {
    const stages = await docker
      .listImages({
        filters: { dangling: ['true'], label: [label] },
        abortSignal: AbortSignal.timeout(longestMs),
      })
      .catch((): Dockerode.ImageInfo[] => []);
    const old = stages.filter(({ Created }) => Date.now() - Created * 1000 >= olderThanMs);
    if (old.length > 0) quietSince = Date.now();
    else if (Date.now() - quietSince >= quietMs) return;
    for (const { Id } of old) {
      await docker
        .getImage(Id)
        .remove()
        .catch(() => undefined);
    }
  }
}
