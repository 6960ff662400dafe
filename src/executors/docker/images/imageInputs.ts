import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../../../core/errors.ts';
import { dockerfileFor } from './dockerfile.ts';
import { repositories, type ImageTarget } from './labels.ts';

export interface ContextFile {
  readonly name: string;
  readonly data: Buffer;
}

/** Everything that decides what an image contains, and the tag that follows from it. */
export interface ImageInputs {
  readonly target: ImageTarget | 'base';
  readonly files: readonly ContextFile[];
  readonly hash: string;
  readonly tag: string;
}

/** The base image and the image on top of it, which alone changes with the runner. */
export interface LayeredInputs {
  readonly base: ImageInputs;
  readonly top: ImageInputs;
}

/** Reads `sandbox/` under `root`; the same content gives the same tags on every machine. */
export async function imageInputs(
  root: string,
  target: ImageTarget,
  packages: readonly string[],
): Promise<LayeredInputs> {
  const sandbox = path.join(root, 'sandbox');
  const read = async (name: string): Promise<ContextFile> => ({
    name,
    data: await readFile(path.join(sandbox, name)),
  });
  try {
    const dockerfile = await readFile(path.join(sandbox, 'Dockerfile'), 'utf8');
    const requested = {
      name: 'packages.txt',
      data: Buffer.from(packages.map((line) => `${line}\n`).join('')),
    };
    const base = inputs('base', dockerfileFor(dockerfile, 'base'), [
      await read('requirements.txt'),
      await read('slim.sh'),
      requested,
    ]);
    const top = inputs(target, dockerfileFor(dockerfile, target, { base: base.tag }), [
      ...(target === 'javascript' ? [await read('requirements-javascript.txt')] : []),
      ...(await Promise.all((await runnerFiles(sandbox)).map(read))),
    ]);
    return { base, top };
  } catch (error) {
    throw new GloveboxError(
      'image-build',
      `The files of the sandbox image in ${sandbox} cannot be read. Reinstall Glovebox.`,
      { cause: error },
    );
  }
}

async function runnerFiles(sandbox: string): Promise<string[]> {
  const folder = path.join(sandbox, 'runner');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => path.relative(sandbox, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

function inputs(
  target: ImageInputs['target'],
  dockerfile: string,
  others: readonly ContextFile[],
): ImageInputs {
  const files = [{ name: 'Dockerfile', data: Buffer.from(dockerfile) }, ...others];
  const hash = createHash('sha256');
  for (const { name, data } of files) hash.update(`${name}\0${data.length}\0`).update(data);
  const digest = hash.digest('hex');
  return { target, files, hash: digest, tag: `${repositories[target]}:${digest.slice(0, 16)}` };
}
