import * as vscode from 'vscode';
import { languageOfEditor } from '../../core/language.ts';
import { notify } from '../output/notify.ts';

const sample = `# A first program for the sandbox. It reads none of your files.
import platform
import statistics

numbers = [3, 1, 4, 1, 5, 9, 2, 6]
print("Python", platform.python_version(), "in the sandbox")
print("mean", statistics.mean(numbers), "median", statistics.median(numbers))
sorted(numbers)
`;

/**
 * The document to run: the one that is named, the one in front, one beside a page such as the walkthrough,
 * and where no code is open a sample, so that the first press of a button shows something.
 */
export async function codeDocument(uri: unknown): Promise<vscode.TextDocument> {
  const active = vscode.window.activeTextEditor?.document;
  if (uri instanceof vscode.Uri && uri.toString() !== active?.uri.toString())
    return vscode.workspace.openTextDocument(uri);
  if (active !== undefined) return active;
  const beside = vscode.window.visibleTextEditors.find(
    ({ document }) => languageOfEditor(document.languageId) !== undefined,
  );
  return beside?.document ?? openSample();
}

async function openSample(): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: sample });
  const editor = await vscode.window.showTextDocument(document);
  editor.selection = new vscode.Selection(0, 0, document.lineCount, 0);
  void notify(
    'information',
    vscode.l10n.t(
      'No code was open, so this sample runs. Open a file of your own and select some of it next.',
    ),
  );
  return document;
}
