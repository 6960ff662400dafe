import type Dockerode from 'dockerode';
import type { PrunedImages } from '../../../core/ports.ts';
import { buildLabel, imageLabel, repositories } from './labels.ts';

/**
 * Removes the images that we built and nothing else: by label, and by name where they have one.
 * Those named in `keep` stay, and what stands below them with them.
 */
export async function pruneImages(
  docker: Dockerode,
  keep: ReadonlySet<string> = new Set(),
): Promise<PrunedImages> {
  const ours = await Promise.all(
    [imageLabel, buildLabel].map((label) => docker.listImages({ filters: { label: [label] } })),
  );
  const removed: string[] = [];
  const kept: string[] = [];
  // What stands on another image goes before it.
  const order = ({ Labels }: Dockerode.ImageInfo): number =>
    ['base', 'packages'].indexOf(Labels?.[imageLabel] ?? '') < 0
      ? 0
      : Labels?.[imageLabel] === 'base'
        ? 2
        : 1;
  const found = new Map(ours.flat().map((info) => [info.Id, info]));
  for (const info of [...found.values()].sort((a, b) => order(a) - order(b))) {
    for (const name of namesOf(info)) {
      if (keep.has(name)) continue;
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
