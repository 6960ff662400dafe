import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import { buildImage } from './buildImage.ts';
import { buildNetwork } from './buildNetwork.ts';
import { checkCustomImage } from './customImage.ts';
import { imageInputs, type LayeredInputs } from './imageInputs.ts';
import { findImage, type Image } from './findImage.ts';
import type { ImageTarget } from './labels.ts';
import { parseRequirements } from './requirements.ts';
import { SharedTask } from './sharedTask.ts';

export interface ImageSpec {
  /** Folder that holds `sandbox/`: the extension's own. */
  readonly root: string;
  readonly target?: ImageTarget;
  /** PyPI requirements on top of what the image brings. */
  readonly packages?: readonly string[];
  readonly caFile?: string;
  /** An image of the person's own, used as it is. */
  readonly customImage?: string;
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
  if (spec.customImage !== undefined && spec.customImage !== '') {
    return checkCustomImage(docker, spec.customImage);
  }
  const packages = parseRequirements(spec.packages ?? []);
  const inputs = await imageInputs(spec.root, spec.target ?? 'python', packages);
  const found = await findImage(docker, inputs.top.tag);
  if (found !== undefined) return found;
  const tasks = underWay.get(docker) ?? new Map<string, SharedTask<Image>>();
  underWay.set(docker, tasks);
  let task = tasks.get(inputs.top.tag);
  if (task === undefined || task.abandoned) {
    task = new SharedTask((say, stop) => build(docker, inputs, spec, say, stop));
    tasks.set(inputs.top.tag, task);
  }
  const mine = task;
  try {
    return await mine.join(progress, signal);
  } finally {
    if (mine.settled && tasks.get(inputs.top.tag) === mine) tasks.delete(inputs.top.tag);
  }
}

async function build(
  docker: Dockerode,
  { base, top }: LayeredInputs,
  spec: ImageSpec,
  progress: (message: string) => void,
  signal: AbortSignal,
): Promise<Image> {
  const network = await buildNetwork(spec.caFile, spec.env ?? process.env);
  if ((await findImage(docker, base.tag)) === undefined) {
    progress('Building the sandbox image. This happens once and takes about a minute…');
    await buildImage(docker, base, network, progress, signal);
  }
  await buildImage(docker, top, network, progress, signal);
  const image = await findImage(docker, top.tag);
  if (image !== undefined) return image;
  throw new GloveboxError(
    'image-build',
    'The engine built the sandbox image but does not have it. Try again.',
  );
}
