import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../core/errors.ts';

/** Where the terminal door keeps history, artifacts and caches: `GLOVEBOX_DATA`, else the platform's place. */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const own = env['GLOVEBOX_DATA'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const home = absolute(env['HOME']) ?? os.homedir();
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Glovebox');
    case 'win32':
      return path.join(absolute(env['LOCALAPPDATA']) ?? path.join(home, 'AppData', 'Local'), 'Glovebox');
    default:
      return path.join(absolute(env['XDG_DATA_HOME']) ?? path.join(home, '.local', 'share'), 'glovebox');
  }
}

/** An empty or relative one would be a folder of whatever project one stands in. */
function absolute(folder: string | undefined): string | undefined {
  return folder !== undefined && path.isAbsolute(folder) ? folder : undefined;
}

/** What keeps nothing, or says itself what is wrong with the folder. */
const goesWithout: ReadonlySet<string> = new Set(['check', 'doctor']);

/**
 * Makes the data folder for a command.
 *
 * @throws GloveboxError `storage` where it can't be made and the command needs it.
 */
export async function makeDataFolder(folder: string, command: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    if (goesWithout.has(command)) return;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GloveboxError(
      'storage',
      `The data folder ${folder} can't be made (${why}). Set GLOVEBOX_DATA to a folder that can be written.`,
      { cause },
    );
  }
}
