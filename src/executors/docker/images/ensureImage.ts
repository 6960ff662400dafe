import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import { buildImage } from './buildImage.ts';
import { buildNetwork, noNetwork } from './buildNetwork.ts';
import { customImageId } from './customImage.ts';
import { customInputs, imageInputs, type ImageInputs } from './imageInputs.ts';
import { findImage, type Image } from './findImage.ts';
import type { ImageTarget } from './labels.ts';
import { parseRequirements } from './requirements.ts';
import { SharedTask } from '../../../core/sharedTask.ts';

export interface ImageSpec {
  /** Folder that holds `sandbox/`: the extension's own. */
  readonly root: string;
  readonly target?: ImageTarget;
  /** PyPI requirements on top of what the image brings. */
  readonly packages?: readonly string[];
  readonly caFile?: string;
  /** An image of the person's own, on which the runner is put. */
  readonly customImage?: string;
  /** System calls that the runner is to shut by itself, where the engine is not told to; compiled. */
  readonly filter?: Buffer;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Builds under way, by engine and tag. */
const underWay = new WeakMap<Dockerode, Map<string, SharedTask<Image>>>();

/**
 * The image to run in, built first if the engine does not have it. Callers who want the same image
 * at the same time share one build; it is given up when the last of them cancels.
 */
export async function ensureImage(
  docker: Dockerode,
  spec: ImageSpec,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<Image> {
  signal.throwIfAborted();
  const layers = await layersOf(docker, spec, progress, signal);
  const wanted = layers.at(-1)?.tag ?? '';
  const found = await findImage(docker, wanted, signal);
  if (found !== undefined) return found;
  const tasks = underWay.get(docker) ?? new Map<string, SharedTask<Image>>();
  underWay.set(docker, tasks);
  let task = tasks.get(wanted);
  if (task === undefined || task.abandoned) {
    task = new SharedTask((say, stop) => build(docker, layers, spec, say, stop));
    tasks.set(wanted, task);
  }
  const mine = task;
  try {
    return await mine.join(progress, signal);
  } finally {
    if (mine.settled && tasks.get(wanted) === mine) tasks.delete(wanted);
  }
}

/** What has to be there, the lowest first. */
async function layersOf(
  docker: Dockerode,
  { root, target, packages, customImage, filter }: ImageSpec,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly ImageInputs[]> {
  if (customImage !== undefined && customImage !== '') {
    if (packages?.some((line) => line.trim() !== '') === true) {
      throw new GloveboxError(
        'bad-input',
        'glovebox.docker.packages are added to the image of Glovebox alone, and glovebox.docker.image names another. Install them in that image, and clear one of the two settings.',
      );
    }
    const id = await customImageId(docker, customImage, filter !== undefined, progress, signal);
    return [await customInputs(root, customImage, id, filter)];
  }
  return imageInputs(root, target ?? 'python', parseRequirements(packages ?? []), filter);
}

async function build(
  docker: Dockerode,
  layers: readonly ImageInputs[],
  { caFile, env }: ImageSpec,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<Image> {
  const fetches = layers.some(({ stage }) => stage !== 'custom');
  const network = fetches ? await buildNetwork(caFile, env ?? process.env) : noNetwork;
  let image: Image | undefined;
  for (const layer of layers) {
    image = await findImage(docker, layer.tag, signal);
    if (image !== undefined) continue;
    if (layer.stage === 'base') progress('Building the sandbox image: once, about a minute…');
    await buildImage(docker, layer, network, progress, signal);
    image = await findImage(docker, layer.tag, signal);
  }
  if (image !== undefined) return image;
  throw new GloveboxError(
    'image-build',
    'The engine built the sandbox image but does not have it. Try again.',
  );
}
