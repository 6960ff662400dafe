import { opendir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../core/errors.ts';
import type { InputFile } from '../core/proposal.ts';
import { contentAt, contentOf, seeFile } from '../files/seenFile.ts';

/** More than this in one folder is a mistake (a home folder, a `node_modules`), not an input. */
const MAX_FILES = 1_000;

/** How a file is read later that was named now. */
export type Reading =
  /** This very file, and no other that lies at its place by then. */
  | 'as-seen'
  /** What lies at its place then: it may have been saved anew. */
  | 'as-saved';

/**
 * Reads what `--input` names: a file is found in the sandbox under its own name, a folder's files
 * under `<folder>/…`. Links are followed now and never later.
 *
 * @throws GloveboxError `bad-input` for what is absent, not a file, or there twice.
 */
export async function inputFiles(
  paths: readonly string[],
  reading: Reading = 'as-seen',
): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const given of paths) {
    const name = path.basename(path.resolve(given));
    const real = await realpath(given).catch(() => undefined);
    if (real === undefined) throw new GloveboxError('bad-input', `There is no file ${given} to hand in.`);
    const file = await inputFile(real, name, reading);
    if (file !== undefined) files.push(file);
    else if ((await stat(real)).isDirectory()) await addFolder(real, name, files, reading);
    else throw new GloveboxError('bad-input', `${given} is neither a file nor a folder.`);
  }
  const twice = files.find((file, index) => files.findIndex((other) => other.name === file.name) !== index);
  if (twice !== undefined) {
    throw new GloveboxError(
      'bad-input',
      `Two inputs would both be called ${twice.name}. Rename one of them.`,
    );
  }
  return files;
}

async function addFolder(folder: string, name: string, files: InputFile[], reading: Reading): Promise<void> {
  for await (const entry of await opendir(folder)) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(child, `${name}/${entry.name}`, files, reading);
    // A link in a folder is no file of it.
    const file = entry.isFile() ? await inputFile(child, `${name}/${entry.name}`, reading) : undefined;
    if (file !== undefined) files.push(file);
    if (files.length > MAX_FILES) {
      throw new GloveboxError(
        'bad-input',
        `${folder} has more than ${MAX_FILES} files. Hand in the ones that are needed.`,
      );
    }
  }
}

async function inputFile(real: string, name: string, reading: Reading): Promise<InputFile | undefined> {
  const seen = await seeFile(real);
  if (seen === undefined) return undefined;
  return { name, bytes: seen.bytes, open: () => (reading === 'as-seen' ? contentOf(seen) : contentAt(real)) };
}
