import type Dockerode from 'dockerode';
import { presentCustomImage } from './customImage.ts';
import type { ImageSpec } from './ensureImage.ts';
import { findImage, type Image } from './findImage.ts';
import { customInputs, imageInputs } from './imageInputs.ts';
import { parseRequirements } from './requirements.ts';

/** The image that `ensureImage` would find as it is, without pulling or building anything. */
export async function presentImage(
  docker: Dockerode,
  { root, target, packages, customImage = '', filter }: ImageSpec,
  signal: AbortSignal,
): Promise<Image | undefined> {
  if (customImage === '') {
    const layers = await imageInputs(root, target ?? 'python', parseRequirements(packages ?? []), filter);
    return findImage(docker, layers.at(-1)?.tag ?? '', signal);
  }
  const id = await presentCustomImage(docker, customImage, signal);
  if (id === undefined) return undefined;
  const { tag } = await customInputs(root, customImage, id, filter);
  return findImage(docker, tag, signal);
}
