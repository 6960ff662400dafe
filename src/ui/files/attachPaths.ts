import path from 'node:path';
import * as vscode from 'vscode';
import type { InputFile } from '../../core/proposal.ts';
import { relativeName } from './namedFiles.ts';
import { resolveFiles } from './pickFiles.ts';

/** What programs made, and what holds no data. */
export const skippedFolders = '**/{node_modules,.git,.venv,venv,__pycache__}/**';
/** Files of one folder that are attached at most. */
const mostOfFolder = 100;
/** Names that a sentence has at most. */
const mostNamed = 5;

export interface AttachedPaths {
  readonly files: readonly InputFile[];
  /** What was left out and why, in sentences. */
  readonly leftOut: readonly string[];
}

/**
 * What a person dropped, mentioned or pasted by its address: files, and folders as the files in them,
 * without those that may hold secrets. Only what lies in the workspace.
 */
export async function attachPaths(paths: readonly string[]): Promise<AttachedPaths> {
  const files: InputFile[] = [];
  const leftOut: string[] = [];
  const outside: string[] = [];
  for (const each of paths) {
    const folder = await folderOf(each);
    const found = folder === undefined ? await resolveFiles([each]) : await filesBelow(folder, leftOut);
    files.push(...found);
    if (folder === undefined && found.length === 0) outside.push(shortName(each));
  }
  if (outside.length > 0)
    leftOut.push(vscode.l10n.t('Not attached: {0}. Only files of this workspace can be.', someOf(outside)));
  return { files, leftOut };
}

/** Workspace-relative folders for what was typed behind `#`, the shortest first. */
export async function completeFolders(query: string): Promise<readonly string[]> {
  const wanted = query.toLowerCase().slice(0, 100);
  const folders = new Set<string>();
  for (const uri of await vscode.workspace.findFiles('**/*', skippedFolders, 5000)) {
    let folder = path.posix.dirname(vscode.workspace.asRelativePath(uri, false));
    for (; folder !== '.' && folder !== '/'; folder = path.posix.dirname(folder)) folders.add(folder);
  }
  return [...folders]
    .filter((name) => name.toLowerCase().includes(wanted))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .slice(0, 20);
}

async function folderOf(given: string): Promise<vscode.Uri | undefined> {
  for (const { uri: root } of vscode.workspace.workspaceFolders ?? []) {
    const relative = relativeName(given);
    const uri = /^[a-z][a-z0-9+.-]+:\/\//i.test(given)
      ? vscode.Uri.parse(given)
      : relative.kind === 'inside'
        ? vscode.Uri.joinPath(root, relative.name)
        : undefined;
    if (uri === undefined || !inside(uri, root)) continue;
    const type = await vscode.workspace.fs.stat(uri).then(
      (stat) => stat.type,
      () => undefined,
    );
    if (type === vscode.FileType.Directory) return uri;
  }
  return undefined;
}

const inside = (uri: vscode.Uri, root: vscode.Uri): boolean =>
  uri.scheme === root.scheme &&
  uri.authority === root.authority &&
  `${path.posix.normalize(uri.path)}/`.startsWith(`${root.path.replace(/\/$/, '')}/`);

/** `resolveFiles` looks at each again, with links resolved. */
async function filesBelow(folder: vscode.Uri, leftOut: string[]): Promise<readonly InputFile[]> {
  const name = shortName(folder.path);
  const pattern = new vscode.RelativePattern(folder, '**/*');
  const found = await vscode.workspace.findFiles(pattern, skippedFolders, mostOfFolder + 1);
  const wanted = found
    .map((uri) => uri.toString())
    .sort()
    .slice(0, mostOfFolder);
  const files = (await resolveFiles(wanted)).filter(({ secret }) => secret === 'no');
  const taken = new Set(files.map(({ uri }) => uri.toString()));
  const kept = wanted.filter((each) => !taken.has(each)).map(shortName);
  if (found.length === 0) leftOut.push(vscode.l10n.t('There are no files in {0} to attach.', name));
  if (found.length > wanted.length)
    leftOut.push(
      vscode.l10n.t('Only {0} of the files in {1} were attached; it has more.', files.length, name),
    );
  if (kept.length > 0)
    leftOut.push(
      vscode.l10n.t(
        'Not attached from {0}: {1}. They may hold secrets or lie elsewhere.',
        name,
        someOf(kept),
      ),
    );
  return files;
}

function shortName(given: string): string {
  const name = path.posix.basename(given.replaceAll('\\', '/'));
  try {
    return given.includes('://') ? decodeURIComponent(name) : name;
  } catch {
    return name;
  }
}

function someOf(names: readonly string[]): string {
  const more = names.length - mostNamed;
  const first = names.slice(0, mostNamed).join(', ');
  return more > 0 ? vscode.l10n.t('{0} and {1} more', first, more) : first;
}
