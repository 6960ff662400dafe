import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RealmFiles } from './realmCommand.ts';

/** A name that changes with everything a snapshot depends on: Pyodide, our own files, the JavaScript engine. */
export async function snapshotKey(files: RealmFiles): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${process.versions.v8} ${process.arch}`);
  hash.update(await readFile(files.lock ?? path.join(files.pyodide, 'pyodide-lock.json')));
  for (const folder of ['wasm', 'runner', path.join('runner', 'backends')]) {
    const names = (await readdir(path.join(files.sandbox, folder)))
      .filter((name) => /\.(py|mjs|js)$/.test(name))
      .sort();
    for (const name of names)
      hash.update(name).update(await readFile(path.join(files.sandbox, folder, name)));
  }
  return hash.digest('hex').slice(0, 32);
}

/** A name that changes with all that a program meets here: what a self-test showed is true for this one alone. */
export async function realmDigest(files: RealmFiles, key: string): Promise<string> {
  const hash = createHash('sha256').update(key);
  const parts = [
    path.join(files.pyodide, 'pyodide.asm.mjs'),
    path.join(files.pyodide, 'pyodide.mjs'),
    path.join(files.quickjs, 'quickjs.wasm'),
    path.join(files.quickjs, 'dist', 'index.js'),
  ];
  for (const file of parts) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 32);
}
