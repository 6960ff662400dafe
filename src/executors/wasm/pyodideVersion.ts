import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { RealmFiles } from './realmCommand.ts';

const manifest = z.object({ version: z.string() });

/** The version of the Pyodide that the product ships. Rejects where it is not there. */
export async function pyodideVersion(files: RealmFiles): Promise<string> {
  const text = await readFile(path.join(files.pyodide, 'package.json'), 'utf8');
  return manifest.parse(JSON.parse(text)).version;
}
