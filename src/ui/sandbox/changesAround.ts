import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';

/**
 * After these the next run may get another sandbox: a changed setting, and a window that comes back to
 * the front, from where a person may have started or stopped an engine.
 */
export const changesAround: readonly ((listener: () => void) => Disposable)[] = [
  (listener) =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('glovebox')) listener();
    }),
  (listener) =>
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) listener();
    }),
];
