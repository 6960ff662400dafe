import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { ActiveRuns } from '../run/activeRuns.ts';

/**
 * After these the next run may get another sandbox: a run that ended, a changed setting, and a window
 * that comes back to the front, from where a person may have started or stopped an engine.
 */
export function changesAround(runs: ActiveRuns): readonly ((listener: () => void) => Disposable)[] {
  return [
    (listener) => runs.onDidChange(listener),
    (listener) =>
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('glovebox')) listener();
      }),
    (listener) =>
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) listener();
      }),
  ];
}
