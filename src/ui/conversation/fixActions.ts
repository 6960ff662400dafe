import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { CommandId } from '../commands/commandTable.ts';
import { findingSource } from '../preview/findingDiagnostics.ts';
import { editorLanguages } from '../run/languages.ts';
import { neutralLine } from '../output/controlText.ts';

const command: CommandId = 'glovebox.fixError';

/** "Fix with Glovebox" on errors and warnings of the languages that it runs. */
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
  // Its own findings are advice about a run; and a preview is not a file to mend.
  if (diagnostic.source === findingSource || document.uri.scheme.startsWith('glovebox-')) return [];
  if (severity > vscode.DiagnosticSeverity.Warning) return [];
  const title = vscode.l10n.t('Fix with Glovebox');
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.command = { command, title, arguments: [document.uri, range.start.line, neutralLine(message, 500)] };
  return [made];
}
