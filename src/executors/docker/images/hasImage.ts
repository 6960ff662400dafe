import type Dockerode from 'dockerode';
import { presentCustomImage } from './customImage.ts';
import type { ImageSpec } from './ensureImage.ts';
import { findImage } from './findImage.ts';
import { customInputs, imageInputs } from './imageInputs.ts';
import { parseRequirements } from './requirements.ts';

/** Whether `ensureImage` would find the image as it is, without pulling or building anything. */
export async function hasImage(
  docker: Dockerode,
  { root, target, packages, customImage = '', filter }: ImageSpec,
  signal: AbortSignal,
): Promise<boolean> {
  if (customImage === '') {
    const layers = await imageInputs(root, target ?? 'python', parseRequirements(packages ?? []), filter);
    return (await findImage(docker, layers.at(-1)?.tag ?? '', signal)) !== undefined;
  }
  const id = await presentCustomImage(docker, customImage, signal);
  if (id === undefined) return false;
  const { tag } = await customInputs(root, customImage, id, filter);
  return (await findImage(docker, tag, signal)) !== undefined;
}
