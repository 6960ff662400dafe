import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { WorkspaceFiles } from './workspaceFiles.ts';
import { isSecretPath, workspacePath } from './workspacePath.ts';

/** A folder on disk as the agent's workspace. Links that lead out of it lead nowhere. */
export function workspaceFolder(root: string): WorkspaceFiles {
  return {
    open: async (name) => {
      const relative = workspacePath(name);
      if (relative === undefined) return no(`"${name}" is not a path inside the workspace.`);
      if (isSecretPath(relative)) return no(`"${relative}" may hold secrets, so it is not handed out.`);
      const real = await resolveInside(root, relative);
      if (real === undefined) return no(`There is no file "${relative}" in the workspace.`);
      const base = await realpath(root);
      if (isSecretPath(path.relative(base, real).split(path.sep).join('/')))
        return no(`"${relative}" may hold secrets, so it is not handed out.`);
      const info = await stat(real);
      if (!info.isFile()) return no(`"${relative}" is not a file.`);
      return {
        found: true,
        file: {
          name: relative,
          bytes: info.size,
          open: () => createReadStream(real) as AsyncIterable<Uint8Array>,
        },
      };
    },
  };
}

const no = (reason: string) => ({ found: false, reason }) as const;

/** The real path of a file inside `root`, following links only as long as they stay inside. */
async function resolveInside(root: string, relative: string): Promise<string | undefined> {
  try {
    const base = await realpath(root);
    const real = await realpath(path.join(base, relative));
    return real.startsWith(base.endsWith(path.sep) ? base : base + path.sep) ? real : undefined;
  } catch {
    return undefined;
  }
}
