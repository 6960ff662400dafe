import * as vscode from 'vscode';

/** The file in which the code of a document lies: of a cell, its notebook. */
export function fileOfCode(document: vscode.TextDocument): vscode.Uri {
  const isIts = (notebook: vscode.NotebookDocument): boolean =>
    notebook.getCells().some((cell) => cell.document === document);
  return vscode.workspace.notebookDocuments.find(isIts)?.uri ?? document.uri;
}
