import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { inEachForm } from '../../core/secretPath.ts';

/** What git reads in a folder that it takes for a repository; anything else there is left to the person. */
const files = new Set(['head', 'config', 'config.worktree', 'commondir']);
const folders = new Set(['objects', 'refs', 'hooks', 'info', 'modules', 'worktrees']);

/**
 * Whether a file would be one that git obeys, in a folder that is a repository without being called
 * `.git`, or that is laid out as one piece by piece: git takes a folder with `HEAD`, `objects` and `refs`
 * for a bare repository, and runs what its `config` says. `relative` has no links in it.
 */
export async function isInGitFolder(root: string, relative: string): Promise<boolean> {
  const parts = relative.split('/');
  for (const [at, part] of parts.entries()) {
    const of = at === parts.length - 1 ? files : folders;
    const added = formsOf(part).filter((form) => of.has(form));
    if (added.length === 0) continue;
    if (isGitFolder(new Set([...added, ...(await namesIn(path.join(root, ...parts.slice(0, at))))])))
      return true;
  }
  return false;
}

/** Of those that tell: the last of three is refused, whichever that is. */
function isGitFolder(names: ReadonlySet<string>): boolean {
  const store = names.has('objects') && names.has('refs');
  return (
    (store && (names.has('head') || names.has('config'))) || (names.has('head') && names.has('commondir'))
  );
}

async function namesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.flatMap((entry) => {
    const of = [...(entry.isDirectory() ? [] : files), ...(entry.isFile() ? [] : folders)];
    return formsOf(entry.name).filter((form) => of.includes(form));
  });
}

const formsOf = (name: string): string[] => inEachForm(name).map((parts) => parts.join('/'));
