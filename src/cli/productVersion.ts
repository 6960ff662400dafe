import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The version of the product in this folder. */
export async function productVersion(root: string): Promise<string> {
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
