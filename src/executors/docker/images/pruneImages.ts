import type Dockerode from 'dockerode';
import { buildLabel, imageLabel, repositories } from './labels.ts';

export interface Pruned {
  readonly removed: readonly string[];
  /** In use by a container, so left alone. */
  readonly kept: readonly string[];
}

/** Removes the images that we built and nothing else: by label, and by name where they have one. */
export async function pruneImages(docker: Dockerode): Promise<Pruned> {
  const ours = await Promise.all(
    [imageLabel, buildLabel].map((label) => docker.listImages({ filters: { label: [label] } })),
  );
  const removed: string[] = [];
  const kept: string[] = [];
  // What stands on another image goes before it.
  const order = (info: Dockerode.ImageInfo): number => (info.Labels?.[imageLabel] === 'base' ? 1 : 0);
  for (const info of ours.flat().sort((a, b) => order(a) - order(b))) {
    for (const name of namesOf(info)) {
      const gone = await docker
        .getImage(name)
        .remove()
        .then(
          () => true,
          () => false,
        );
      (gone ? removed : kept).push(name);
    }
  }
  return { removed, kept };
}

/** A name of the person's own that they gave to an image of ours stays. */
function namesOf(info: Dockerode.ImageInfo): readonly string[] {
  const tags = (info.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
  if (tags.length === 0) return [info.Id];
  const known = Object.values(repositories);
  return tags.filter((tag) =>
    known.some((name) => tag.replace(/^(localhost|docker\.io)\//, '').startsWith(`${name}:`)),
  );
}
