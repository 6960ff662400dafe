import path from 'node:path';
import * as vscode from 'vscode';
import type { InputFile } from '../../core/proposal.ts';
import { relativeName } from './namedFiles.ts';
import { resolveFiles } from './pickFiles.ts';

/** What programs made, and what holds no data. */
export const skippedFolders = '**/{node_modules,.git,.venv,venv,__pycache__}/**';
/** Files of one folder that are attached at most. */
export const mostOfFolder = 100;

/**
 * What a person dropped, mentioned or pasted by its address: files, and folders as the files in them,
 * without those that may hold secrets. Only what lies in the workspace.
 */
export async function attachPaths(paths: readonly string[]): Promise<readonly InputFile[]> {
  const files: InputFile[] = [];
  for (const each of paths) {
    const folder = await folderOf(each);
    files.push(...(folder === undefined ? await resolveFiles([each]) : await filesBelow(folder)));
  }
  return files;
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
async function filesBelow(folder: vscode.Uri): Promise<readonly InputFile[]> {
  const pattern = new vscode.RelativePattern(folder, '**/*');
  const found = await vscode.workspace.findFiles(pattern, skippedFolders, mostOfFolder);
  const names = found.map((uri) => uri.toString()).sort();
  return (await resolveFiles(names)).filter(({ secret }) => secret === 'no');
}
