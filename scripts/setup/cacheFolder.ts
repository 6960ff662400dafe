import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** Where big things are kept from one run to the next; `GLOVEBOX_CACHE` puts them elsewhere. */
export async function cacheFolder(...parts: readonly string[]): Promise<string> {
  const base =
    process.env['GLOVEBOX_CACHE'] ??
    path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'glovebox-dev');
  const folder = path.join(base, ...parts);
  await mkdir(folder, { recursive: true });
  return folder;
}
