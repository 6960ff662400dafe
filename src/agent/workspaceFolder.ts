import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { isBelow } from '../core/below.ts';
import { cleanName } from './cleanOutput.ts';
import { contentOf, seeFile } from '../files/seenFile.ts';
import { isInGitFolder } from './edits/gitFolder.ts';
import type { FileUse, FoundFile, ListedFile, ListedPart, WorkspaceFiles } from './workspaceFiles.ts';
import { isSecretPath } from '../core/secretPath.ts';
import { isObeyedPath, workspacePath } from './workspacePath.ts';

/** Folders that hold what programs made, not what people wrote. */
const madeFolders = new Set(
  'node_modules bower_components dist build out target coverage .git .hg .svn .venv venv env __pycache__ .mypy_cache .pytest_cache .ruff_cache .tox .next .cache .idea .ipynb_checkpoints'.split(
    ' ',
  ),
);
const mostFiles = 20_000;

type Hidden = (path: string) => boolean;

/**
 * A folder on disk as the agent's workspace. Links that lead out of it lead nowhere, and `excludes`
 * (the editor's own, asked for anew at every look) hides more.
 */
export function workspaceFolder(
  root: string,
  excludes: () => Hidden = () => () => false,
  mostListed = mostFiles,
): WorkspaceFiles {
  const hiding = (): Hidden => {
    const excluded = excludes();
    return (relative) => relative.split('/').some((part) => madeFolders.has(part)) || excluded(relative);
  };
  return {
    open: (name, use) => open(root, name, hiding(), use),
    creatable: (name) => creatable(root, name, hiding()),
    list: (signal, where) => list(root, hiding(), mostListed, signal, where),
  };
}

async function open(
  root: string,
  name: string,
  hidden: Hidden,
  { secrets = false, change = false }: FileUse = {},
): Promise<FoundFile> {
  const relative = workspacePath(name);
  if (relative === undefined) return no(`"${cleanName(name)}" is not a path inside the workspace.`);
  const judged = await judgedIn(root);
  const closed = no(`"${relative}" may hold secrets, so it is not handed out.`);
  if (!secrets && judged.secret(relative)) return { ...closed, secret: true };
  const real = await resolveInside(root, relative);
  if (real === undefined || hidden(relative)) return no(`There is no file "${relative}" in the workspace.`);
  // A link to another secret than the one that was allowed stays closed.
  if (judged.secret(real.inside) && !(secrets && real.inside === relative)) return closed;
  if (change && (judged.obeyed(relative) || judged.obeyed(real.inside))) return no(obeyed(relative));
  if (change && (await isInGitFolder(root, real.inside))) return no(ofGit(relative));
  const seen = await seeFile(real.path);
  if (seen === undefined) return no(`"${relative}" is not a file.`);
  const place = path.posix.join(path.basename(real.base), real.inside);
  return { found: true, file: { name: relative, place, bytes: seen.bytes, open: () => contentOf(seen) } };
}

async function creatable(root: string, name: string, hidden: Hidden): Promise<string | undefined> {
  const relative = workspacePath(name);
  if (relative === undefined) return `"${cleanName(name)}" is not a path inside the workspace.`;
  const judged = await judgedIn(root);
  if (judged.secret(relative)) return `"${relative}" is a place for secrets.`;
  if (judged.obeyed(relative)) return obeyed(relative);
  if (hidden(relative)) return `"${relative}" lies in a folder that is left alone.`;
  if ((await lstat(path.join(root, relative)).catch(() => undefined)) !== undefined)
    return `"${relative}" exists already. Read it, and give edits instead of content.`;
  // The nearest folder that exists has to lie inside, links resolved.
  let place = relative;
  for (let above = path.posix.dirname(relative); above !== '.'; above = path.posix.dirname(above)) {
    if ((await lstat(path.join(root, above)).catch(() => undefined)) === undefined) continue;
    const real = await resolveInside(root, above);
    if (real !== undefined) place = real.inside + relative.slice(above.length);
    if (real === undefined || judged.secret(place) || !(await stat(real.path)).isDirectory())
      return `"${above}" is not a folder of the workspace.`;
    if (judged.obeyed(place)) return obeyed(relative);
    break;
  }
  return (await isInGitFolder(root, place)) ? ofGit(relative) : undefined;
}

async function* list(
  root: string,
  hidden: Hidden,
  most: number,
  signal: AbortSignal,
  { folder: top = '', onCut }: ListedPart = {},
): AsyncGenerator<ListedFile> {
  const judged = await judgedIn(root);
  const listable =
    top === '' || (!hidden(top) && !judged.secret(top) && (await resolveInside(root, top))?.inside === top);
  const folders = listable ? [top] : [];
  let count = 0;
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    signal.throwIfAborted();
    const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch(() => []);
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const below: string[] = [];
    for (const entry of entries) {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (hidden(relative) || judged.secret(relative)) continue;
      // Links are left out: a list of real files has no circles.
      if (entry.isDirectory()) below.push(relative);
      if (!entry.isFile()) continue;
      const info = await stat(path.join(root, relative)).catch(() => undefined);
      if (info === undefined) continue;
      if (count >= most) return onCut?.();
      yield { path: relative, bytes: info.size };
      count += 1;
    }
    folders.unshift(...below);
  }
}

/**
 * Judges paths with the name of the opened folder before them, as it is and as it is reached: of an opened
 * `.ssh` everything is a secret, of `.vscode` everything is obeyed.
 */
async function judgedIn(root: string) {
  const roots = new Set([path.resolve(root), await realpath(root).catch(() => path.resolve(root))]);
  const by = (judge: Hidden) => {
    const names = [...roots].map((each) => path.basename(each));
    return (relative: string) => names.some((name) => judge(`${name}/${relative}`));
  };
  return { secret: by(isSecretPath), obeyed: by(isObeyedPath) };
}

const obeyed = (name: string): string =>
  `"${name}" decides what the editor or other tools do on this machine, so it is not changed from here. Show the person what to change.`;

const ofGit = (name: string): string =>
  `"${name}" would be a part of a git repository that is not called .git, and git runs what is in one. It is not changed from here. Show the person what to change.`;

const no = (reason: string) => ({ found: false, reason }) as const;

/** The real path of a file inside `root`, following links only as long as they stay inside. */
async function resolveInside(
  root: string,
  relative: string,
): Promise<{ readonly path: string; readonly inside: string; readonly base: string } | undefined> {
  try {
    const base = await realpath(root);
    const real = await realpath(path.join(base, relative));
    const inside = path.relative(base, real);
    if (!isBelow(inside)) return undefined;
    return { path: real, inside: inside.split(path.sep).join('/'), base };
  } catch {
    return undefined;
  }
}
