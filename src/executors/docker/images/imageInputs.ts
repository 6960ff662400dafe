import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../../../core/errors.ts';
import { dockerfileFor } from './dockerfile.ts';
import { repositories, type ImageTarget, type Stage } from './labels.ts';

export interface ContextFile {
  readonly name: string;
  readonly data: Buffer;
}

/** Everything that decides what an image contains, and the tag that follows from it. */
export interface ImageInputs {
  readonly stage: Stage;
  readonly files: readonly ContextFile[];
  readonly hash: string;
  readonly tag: string;
}

/**
 * Our images, as the files of `sandbox/` under `root` say, the lowest first: the base, the person's
 * packages if there are any, and what changes with the runner. The same content gives the same tags
 * on every machine.
 */
export async function imageInputs(
  root: string,
  target: ImageTarget,
  packages: readonly string[],
  filter?: Buffer,
): Promise<readonly ImageInputs[]> {
  return reading(root, async (read) => {
    const dockerfile = (await read('Dockerfile')).data.toString();
    const pinned = await read('requirements.txt');
    const layers = [inputs('base', dockerfileFor(dockerfile, 'base'), [pinned, await read('slim.sh')])];
    const below = (): Record<string, string> => ({ base: layers.at(-1)?.tag ?? '' });
    if (packages.length > 0) {
      const requested = packages.map((line) => `${line}\n`).join('');
      const files = [pinned, { name: 'packages.txt', data: Buffer.from(requested) }];
      layers.push(inputs('packages', dockerfileFor(dockerfile, 'packages', below()), files));
    }
    const fetched = target === 'javascript' ? [pinned, await read('requirements-javascript.txt')] : [];
    const files = [...fetched, ...(await runnerFiles(root, read))];
    layers.push(withFilter(target, dockerfileFor(dockerfile, target, below()), files, filter));
    return layers;
  });
}

/** Our runner on an image of the person's own, of which `id` is the content. */
export async function customInputs(
  root: string,
  image: string,
  id: string,
  filter?: Buffer,
): Promise<ImageInputs> {
  return reading(root, async (read) => {
    const dockerfile = (await read('Dockerfile.custom')).data.toString();
    const text = dockerfileFor(dockerfile, 'custom', { image });
    return withFilter('custom', `${text}# ${id}\n`, await runnerFiles(root, read), filter);
  });
}

type Read = (name: string) => Promise<ContextFile>;

async function reading<T>(root: string, work: (read: Read) => Promise<T>): Promise<T> {
  const sandbox = path.join(root, 'sandbox');
  try {
    return await work(async (name) => ({ name, data: await readFile(path.join(sandbox, name)) }));
  } catch (error) {
    throw new GloveboxError(
      'image-build',
      `The files of the sandbox image in ${sandbox} cannot be read. Reinstall Glovebox.`,
      { cause: error },
    );
  }
}

async function runnerFiles(root: string, read: Read): Promise<readonly ContextFile[]> {
  const sandbox = path.join(root, 'sandbox');
  const entries = await readdir(path.join(sandbox, 'runner'), { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => path.relative(sandbox, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'));
  return Promise.all(names.sort().map(read));
}

/** Puts the filter where the runner looks for it, above everything that an own image may have there. */
function withFilter(
  stage: Stage,
  dockerfile: string,
  others: readonly ContextFile[],
  filter: Buffer | undefined,
): ImageInputs {
  if (filter === undefined) return inputs(stage, dockerfile, others);
  const text = `${dockerfile}COPY filter /opt/glovebox/filter\n`;
  return inputs(stage, text, [...others, { name: 'filter', data: filter }]);
}

function inputs(stage: Stage, dockerfile: string, others: readonly ContextFile[]): ImageInputs {
  const files = [{ name: 'Dockerfile', data: Buffer.from(dockerfile) }, ...others];
  const hash = createHash('sha256');
  for (const { name, data } of files) hash.update(`${name}\0${data.length}\0`).update(data);
  const digest = hash.digest('hex');
  return { stage, files, hash: digest, tag: `${repositories[stage]}:${digest.slice(0, 16)}` };
}
