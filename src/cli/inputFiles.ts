import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { GloveboxError } from '../core/errors.ts';
import { inputChunkBytes, type InputFile } from '../core/proposal.ts';

/** More than this in one folder is a mistake (a home folder, a `node_modules`), not an input. */
const MAX_FILES = 1_000;

/**
 * Reads what `--input` names: a file is found in the sandbox under its own name, a folder's files
 * under `<folder>/…`.
 *
 * @throws GloveboxError `bad-input` for what is absent, not a file, or there twice.
 */
export async function inputFiles(paths: readonly string[]): Promise<InputFile[]> {
  const files: InputFile[] = [];
  for (const given of paths) {
    const absolute = path.resolve(given);
    const info = await stat(absolute).catch(() => undefined);
    if (info === undefined) throw new GloveboxError('bad-input', `There is no file ${given} to hand in.`);
    if (info.isDirectory()) await addFolder(absolute, path.basename(absolute), files);
    else if (info.isFile()) files.push(inputFile(absolute, path.basename(absolute), info.size));
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

async function addFolder(folder: string, name: string, files: InputFile[]): Promise<void> {
  for await (const entry of await opendir(folder)) {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) await addFolder(child, `${name}/${entry.name}`, files);
    else if (entry.isFile()) files.push(inputFile(child, `${name}/${entry.name}`, (await stat(child)).size));
    if (files.length > MAX_FILES) {
      throw new GloveboxError(
        'bad-input',
        `${folder} has more than ${MAX_FILES} files. Hand in the ones that are needed.`,
      );
    }
  }
}

function inputFile(absolute: string, name: string, bytes: number): InputFile {
  return { name, bytes, open: () => createReadStream(absolute, { highWaterMark: inputChunkBytes }) };
}
