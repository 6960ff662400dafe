import path from 'node:path';
import * as vscode from 'vscode';
import { freeName } from './freeName.ts';
import { relativeName } from './namedFiles.ts';
import { liesWithin, workspaceFile, type WorkspaceFile } from './workspaceFile.ts';

const skipped = '**/{node_modules,.git,.venv,venv,__pycache__}/**';
const mostOffered = 20;

/** A dialog: what the person picks there may lie anywhere, and is called by its own name inside. */
export async function pickFiles(): Promise<readonly WorkspaceFile[]> {
  const picked = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Attach'),
    title: vscode.l10n.t('Files that the sandbox may read'),
  });
  const files = await Promise.all((picked ?? []).map((uri) => workspaceFile(uri, insideName(uri))));
  return unique(files.filter((file) => file !== undefined));
}

/**
 * Files named by workspace-relative paths or addresses. Only files that lie in the workspace: these
 * names may come from dropped data or an old conversation, not from a dialog. And none that a link makes
 * look like another: whoever gives `sales.csv` does not mean the `.env` to which it may lead.
 */
export async function resolveFiles(paths: readonly string[]): Promise<readonly WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  for (const each of paths) {
    const file = await resolveFile(each);
    if (file !== undefined) files.push(file);
  }
  return unique(files);
}

/** Workspace-relative paths for what was typed behind `@`: names that begin with it come first. */
export async function completeFiles(query: string): Promise<readonly string[]> {
  const letters = query.replace(/[^\p{L}\p{N}._/ -]/gu, '').slice(0, 100);
  const found = await vscode.workspace.findFiles('**/*', skipped, 5000);
  const wanted = letters.toLowerCase();
  const rank = (name: string): number => {
    const lower = name.toLowerCase();
    if (path.posix.basename(lower).startsWith(wanted)) return 0;
    return lower.includes(wanted) ? 1 : 2;
  };
  return found
    .map((uri) => vscode.workspace.asRelativePath(uri, false))
    .filter((name) => rank(name) < 2)
    .sort((a, b) => rank(a) - rank(b) || a.length - b.length || a.localeCompare(b))
    .slice(0, mostOffered);
}

async function resolveFile(given: string): Promise<WorkspaceFile | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (const folder of folders) {
    const uri = addressed(given) ?? within(given, folder.uri);
    if (uri === undefined || !(await liesWithin(uri, folder.uri))) continue;
    const file = await workspaceFile(uri, insideName(uri), folder.uri);
    if (file !== undefined && file.secret !== 'disguised') return file;
  }
  return undefined;
}

function addressed(given: string): vscode.Uri | undefined {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(given)) return vscode.Uri.parse(given);
  return path.isAbsolute(given) ? vscode.Uri.file(given) : undefined;
}

function within(given: string, folder: vscode.Uri): vscode.Uri | undefined {
  const relative = relativeName(given);
  return relative.kind === 'inside' ? vscode.Uri.joinPath(folder, relative.name) : undefined;
}

/** The path in the workspace where it has one, else the bare name. */
function insideName(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return path.posix.basename(uri.path);
  return vscode.workspace.asRelativePath(uri, false).replaceAll('\\', '/');
}

function unique(files: readonly WorkspaceFile[]): readonly WorkspaceFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    const name = freeName(file.name, (each) => taken.has(each));
    taken.add(name);
    return { ...file, name };
  });
}
