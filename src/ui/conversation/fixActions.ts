import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { CommandId } from '../commands/commandTable.ts';
import { findingSource } from '../preview/findingDiagnostics.ts';
import { editorLanguages } from '../run/languages.ts';
import { neutralLine } from '../output/controlText.ts';

const command: CommandId = 'glovebox.fixError';

/** "Fix This Error" on errors and warnings of the languages that it runs. */
export function registerFixActions(): Disposable {
  const kinds = [vscode.CodeActionKind.QuickFix];
  return vscode.languages.registerCodeActionsProvider(
    editorLanguages.map((language) => ({ language })),
    {
      provideCodeActions: (document, _range, { diagnostics }) =>
        diagnostics.flatMap((one) => action(document, one)),
    },
    { providedCodeActionKinds: kinds },
  );
}

function action(document: vscode.TextDocument, diagnostic: vscode.Diagnostic): vscode.CodeAction[] {
  const { severity, range, message } = diagnostic;
  // Its own findings are advice about a run, but for what no interpreter reads; and a preview is no file to mend.
  if (isAdvice(diagnostic) || document.uri.scheme.startsWith('glovebox-')) return [];
  if (severity > vscode.DiagnosticSeverity.Warning) return [];
  const title = vscode.l10n.t('Fix This Error');
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.command = { command, title, arguments: [document.uri, range.start.line, neutralLine(message, 500)] };
  return [made];
}

function isAdvice({ source, code }: vscode.Diagnostic): boolean {
  const rule = typeof code === 'object' ? code.value : code;
  return source === findingSource && rule !== 'syntax';
}
