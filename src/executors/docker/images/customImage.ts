import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import { findImage, type FoundImage } from './findImage.ts';
import { triggersInHistory } from './triggersInHistory.ts';

/** A reference as engines write it: registry, path, tag, digest; nothing else fits into a FROM line. */
const reference =
  /^[A-Za-z0-9][A-Za-z0-9._-]*(:\d+)?(\/[A-Za-z0-9._-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** The id of the person's own image as the engine has it now; undefined where it has none. */
export async function presentCustomImage(
  docker: Dockerode,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  checkName(name);
  return (await findImage(docker, name, signal))?.id;
}

/** The id of the person's own image, pulled first if the engine does not have it. */
export async function customImageId(
  docker: Dockerode,
  name: string,
  podman: boolean,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<string> {
  checkName(name);
  const present = await findImage(docker, name, signal);
  const checked = async (found: FoundImage): Promise<string> =>
    idOf(found, podman ? await triggersInHistory(docker, name, signal) : []);
  if (present !== undefined) return checked(present);
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
  const pulled = await findImage(docker, name, signal);
  if (pulled === undefined) throw new GloveboxError('image-build', `The engine pulled no image "${name}".`);
  return checked(pulled);
}

function checkName(name: string): void {
  if (name.length <= 500 && reference.test(name)) return;
  throw new GloveboxError(
    'bad-input',
    `glovebox.docker.image: ${JSON.stringify(name.slice(0, 100))} is no image name. It looks like "python:3.13-slim".`,
  );
}

function idOf(found: FoundImage, past: readonly string[]): string {
  const why = unfit(found, past);
  if (why === undefined) return found.id;
  throw new GloveboxError(
    'image-build',
    `The image "${found.image}" ${why} for the setting glovebox.docker.image.`,
  );
}

/** What of an image can't be had, and what to do. */
function unfit({ image, volumes, triggers }: FoundImage, past: readonly string[]): string | undefined {
  if (volumes.length > 0)
    return `has a VOLUME (${volumes.join(', ')}): a folder on the disk of the engine that programs could fill without a limit. Make one without it`;
  const [first] = [...triggers, ...past];
  if (first === undefined) return undefined;
  const how = triggers.length > 0 ? `the line "FROM ${image}" is enough` : 'Podman needs `--squash-all`';
  return `has ONBUILD instructions (${JSON.stringify(first.slice(0, 100))}): the engine would follow them as root while Glovebox puts its runner on that image. Build one on it, for which ${how}, and name that one`;
}

async function pull(docker: Dockerode, name: string, signal: AbortSignal): Promise<void> {
  const stream = await docker.pull(/[:@][^/]*$/.test(name) ? name : `${name}:latest`, {
    abortSignal: signal,
  });
  await new Promise<void>((resolve, reject) => {
    docker.modem.followProgress(stream, (error) => (error === null ? resolve() : reject(error)));
  });
}
