import * as vscode from 'vscode';
import type { Language } from '../../core/language.ts';
import type { InputFile } from '../../core/proposal.ts';
import { bytes } from '../output/metricsBlock.ts';
import { literalsOf, relativeName } from './namedFiles.ts';
import { liesWithin, workspaceFile, type WorkspaceFile } from './workspaceFile.ts';

const rememberedKey = 'glovebox.attachedFiles';

export interface Attached {
  readonly files: readonly InputFile[];
  /** Names in the code that lead out of the folder, so the sandbox will not have them. */
  readonly outside: readonly string[];
}

/**
 * Finds the files that some code names, next to its document or at the root of its workspace folder,
 * and lets the person pick which the sandbox may read. What was picked is not asked again, until it is
 * unpicked: the last word on each file holds. Undefined when the person cancels.
 */
export async function attachNamedFiles(
  code: string,
  language: Language,
  document: vscode.Uri,
  memory: vscode.Memento,
): Promise<Attached | undefined> {
  const { found, outside } = await namedFiles(literalsOf(code, language), document);
  const remembered = new Set(memory.get<string[]>(rememberedKey, []));
  const fresh = found.filter((file) => !remembered.has(file.uri.toString()) || file.secret !== 'no');
  if (fresh.length === 0) return { files: found, outside };
  const picked = await vscode.window.showQuickPick(
    found.map((file) => ({
      label: file.name,
      description: bytes(file.bytes),
      ...(file.secret !== 'no' ? { detail: vscode.l10n.t('$(warning) This file may hold secrets.') } : {}),
      picked: file.secret === 'no',
      file,
    })),
    {
      canPickMany: true,
      ignoreFocusOut: true,
      title: vscode.l10n.t('Files that the code names'),
      placeHolder: vscode.l10n.t(
        'The sandbox gets a copy of those you pick, and of nothing else; yours can’t be changed',
      ),
    },
  );
  if (picked === undefined) return undefined;
  for (const { uri } of found) remembered.delete(uri.toString());
  for (const { file } of picked) remembered.add(file.uri.toString());
  await memory.update(rememberedKey, [...remembered].slice(-500));
  return { files: picked.map(({ file }) => file), outside };
}

/** What was never saved has the only folder that is open. */
function folderOf(document: vscode.Uri): vscode.Uri | undefined {
  const found = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (found !== undefined || document.scheme !== 'untitled') return found;
  const [only, ...others] = vscode.workspace.workspaceFolders ?? [];
  return others.length === 0 ? only?.uri : undefined;
}

async function namedFiles(
  literals: readonly string[],
  document: vscode.Uri,
): Promise<{ readonly found: readonly WorkspaceFile[]; readonly outside: readonly string[] }> {
  const folder = folderOf(document);
  const beside = document.scheme === 'untitled' ? undefined : vscode.Uri.joinPath(document, '..');
  const places = [beside, folder].filter((place) => place !== undefined);
  const found = new Map<string, WorkspaceFile>();
  const outside: string[] = [];
  for (const literal of literals) {
    const relative = relativeName(literal);
    if (relative.kind === 'outside') {
      if (/^\.\.[\\/]/.test(literal)) outside.push(literal);
      continue;
    }
    for (const place of places) {
      if (found.has(relative.name)) break;
      const uri = vscode.Uri.joinPath(place, relative.name);
      if (uri.toString() === document.toString() || !(await liesWithin(uri, folder ?? place))) continue;
      const file = await workspaceFile(uri, relative.name, folder ?? place);
      if (file !== undefined) found.set(relative.name, file);
    }
  }
  return { found: [...found.values()], outside };
}
