import path from 'node:path';
import * as vscode from 'vscode';
import type { SkillCatalog } from '../../core/skill.ts';
import type { Completion } from '../../protocol/completion.ts';
import { completeFolders } from '../files/attachPaths.ts';
import { completeFiles } from '../files/pickFiles.ts';
import { neutralLine } from '../output/controlText.ts';

/** What fits behind a sign in the composer: `@` files and the selection, `#` folders, `/` skills. */
export async function completeMention(
  sign: '@' | '#' | '/',
  query: string,
  skills: () => Promise<SkillCatalog>,
): Promise<readonly Completion[]> {
  switch (sign) {
    case '@': {
      const files = (await completeFiles(query)).map((value): Completion => ({ kind: 'file', value }));
      return [...selection(query), ...files];
    }
    case '#':
      return (await completeFolders(query)).map((value): Completion => ({ kind: 'folder', value }));
    case '/':
      return (await skills()).skills
        .filter(({ name }) => name.includes(query.toLowerCase()))
        .map(({ name, description }): Completion => ({
          kind: 'skill',
          value: name,
          detail: neutralLine(description, 160),
        }))
        .slice(0, 20);
  }
}

/** The selected lines of the active editor, where there are any. */
function selection(query: string): Completion[] {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined || editor.selection.isEmpty || !'selection'.startsWith(query.toLowerCase()))
    return [];
  const { start, end } = editor.selection;
  const name = path.posix.basename(editor.document.uri.path);
  return [{ kind: 'selection', value: 'selection', detail: `${name}:${start.line + 1}-${end.line + 1}` }];
}
