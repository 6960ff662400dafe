import os from 'node:os';
import path from 'node:path';

/** Where the terminal door keeps history, artifacts and caches: `GLOVEBOX_DATA`, else the platform's place. */
export function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform = process.platform): string {
  const own = env['GLOVEBOX_DATA'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const home = env['HOME'] ?? os.homedir();
  switch (platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'Glovebox');
    case 'win32':
      return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'Glovebox');
    default:
      return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'glovebox');
  }
}
