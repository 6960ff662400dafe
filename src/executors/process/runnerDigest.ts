import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** A name that changes with our runner and its list of system calls: what a self-test showed is true for these. */
export async function runnerDigest(sandbox: string, filter: Uint8Array): Promise<string> {
  const hash = createHash('sha256').update(filter);
  const folder = path.join(sandbox, 'runner');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.py')).sort();
  for (const name of names) hash.update(name).update(await readFile(path.join(folder, name)));
  return hash.digest('hex').slice(0, 32);
}
