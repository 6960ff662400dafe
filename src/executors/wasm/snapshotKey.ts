import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { RealmFiles } from './realmCommand.ts';

/** A name that changes with everything a snapshot depends on: Pyodide, our own files, the JavaScript engine. */
export async function snapshotKey(files: RealmFiles): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`${process.versions.v8} ${process.arch}`);
  hash.update(await readFile(files.lock ?? path.join(files.pyodide, 'pyodide-lock.json')));
  for (const folder of ['wasm', 'runner']) {
    const names = (await readdir(path.join(files.sandbox, folder)))
      .filter((name) => /\.(py|mjs)$/.test(name))
      .sort();
    for (const name of names)
      hash.update(name).update(await readFile(path.join(files.sandbox, folder, name)));
  }
  return hash.digest('hex').slice(0, 32);
}
