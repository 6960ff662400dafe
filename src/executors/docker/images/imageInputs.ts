import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../../../core/errors.ts';
import { repositories, type ImageTarget } from './labels.ts';

export interface ContextFile {
  readonly name: string;
  readonly data: Buffer;
}

/** Everything that decides what an image contains, and the tag that follows from it. */
export interface ImageInputs {
  readonly target: ImageTarget;
  readonly files: readonly ContextFile[];
  readonly hash: string;
  readonly tag: string;
}

/** Reads `sandbox/` under `root`; the same content gives the same tag on every machine. */
export async function imageInputs(
  root: string,
  target: ImageTarget,
  packages: readonly string[],
): Promise<ImageInputs> {
  const sandbox = path.join(root, 'sandbox');
  const names = ['Dockerfile', 'requirements.txt', 'slim.sh', ...(await runnerFiles(sandbox))];
  const files = await Promise.all(
    names.map(async (name) => ({ name, data: await readFile(path.join(sandbox, name)) })),
  ).catch((error: unknown) => {
    throw new GloveboxError(
      'image-build',
      `The files of the sandbox image are missing in ${sandbox}. Reinstall Glovebox.`,
      { cause: error },
    );
  });
  files.push({ name: 'packages.txt', data: Buffer.from(packages.map((line) => `${line}\n`).join('')) });
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const hash = hashOf(target, files);
  return { target, files, hash, tag: `${repositories[target]}:${hash.slice(0, 16)}` };
}

async function runnerFiles(sandbox: string): Promise<string[]> {
  const folder = path.join(sandbox, 'runner');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.py'))
    .map((entry) => path.relative(sandbox, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

function hashOf(target: string, files: readonly ContextFile[]): string {
  const hash = createHash('sha256').update(target);
  for (const { name, data } of files) hash.update(`\0${name}\0${data.length}\0`).update(data);
  return hash.digest('hex');
}
