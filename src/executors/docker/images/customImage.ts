import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import { findImage } from './findImage.ts';

/** A reference as engines write it: registry, path, tag, digest; nothing else fits into a FROM line. */
const reference =
  /^[A-Za-z0-9][A-Za-z0-9._-]*(:\d+)?(\/[A-Za-z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** The id of the person's own image, pulled first if the engine does not have it. */
export async function customImageId(
  docker: Dockerode,
  name: string,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<string> {
  if (name.length > 500 || !reference.test(name)) {
    throw new GloveboxError(
      'bad-input',
      `glovebox.docker.image: ${JSON.stringify(name.slice(0, 100))} is no image name. It looks like "python:3.13-slim".`,
    );
  }
  const present = await findImage(docker, name);
  if (present !== undefined) return present.id;
  progress(`Pulling ${name}…`);
  try {
    await pull(docker, name, signal);
  } catch (error) {
    if (signal.aborted)
      throw new GloveboxError('cancelled', `Pulling ${name} was cancelled.`, { cause: error });
    const detail = error instanceof Error ? error.message.trim() : String(error);
    throw new GloveboxError(
      'image-build',
      `The engine has no image "${name}" and cannot pull it: ${detail}. Correct or clear the setting glovebox.docker.image.`,
      { cause: error },
    );
  }
  const pulled = await findImage(docker, name);
  if (pulled === undefined) throw new GloveboxError('image-build', `The engine pulled no image "${name}".`);
  return pulled.id;
}

async function pull(docker: Dockerode, name: string, signal: AbortSignal): Promise<void> {
  const stream = await docker.pull(/[:@][^/]*$/.test(name) ? name : `${name}:latest`, {
    abortSignal: signal,
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error === null ? resolve() : reject(error)));
  });
}
