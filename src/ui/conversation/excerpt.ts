import path from 'node:path';
import * as vscode from 'vscode';

const longest = 20_000;

/** The selection as it goes into a request; undefined where nothing is selected. */
export function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  return editor === undefined || editor.selection.isEmpty
    ? undefined
    : excerpt(editor.document, editor.selection);
}

/** The range, or the line of an empty one, with the name of its file and its lines. */
export function excerpt(document: vscode.TextDocument, range: vscode.Range): string {
  const text = range.isEmpty ? document.lineAt(range.start.line).text : document.getText(range);
  const name = path.posix.basename(document.uri.path);
  const lines = `${range.start.line + 1}-${range.end.line + 1}`;
  return `\n\n${name}:${lines}\n${block(document.languageId, text)}\n`;
}

/** Text in a fence that it can't close itself, cut where it is too long for a request. */
export function block(language: string, text: string): string {
  const shown = text.slice(0, longest);
  const longestRun = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}
