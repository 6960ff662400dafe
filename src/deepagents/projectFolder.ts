import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds `sandbox/`: near this file, whether it runs bundled or from source. */
export function projectFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'sandbox', 'Dockerfile'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('The files of the sandbox image are missing. Reinstall Glovebox.');
    folder = parent;
  }
  return folder;
}
