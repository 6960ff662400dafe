import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import { findImage, type Image } from './findImage.ts';

/** An image that the person brings; the engine must have it, because a sandbox pulls nothing by itself. */
export async function checkCustomImage(docker: Dockerode, name: string): Promise<Image> {
  const image = await findImage(docker, name);
  if (image !== undefined) return image;
  throw new GloveboxError(
    'no-sandbox',
    `The engine has no image "${name}". Pull or build it first, or clear the setting glovebox.docker.image.`,
  );
}
