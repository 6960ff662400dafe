import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import { neutralLine } from '../output/controlText.ts';
import type { ActiveRuns } from '../run/activeRuns.ts';
import type { SandboxState } from '../sandbox/sandboxState.ts';

/** The one status bar item: what runs now, and which sandbox the next run gets. */
export class StatusItem implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #owned = new DisposableList();
  readonly #runs: ActiveRuns;
  readonly #sandbox: SandboxState;

  constructor(runs: ActiveRuns, sandbox: SandboxState) {
    this.#runs = runs;
    this.#sandbox = sandbox;
    this.#item = this.#owned.push(
      vscode.window.createStatusBarItem('glovebox.status', vscode.StatusBarAlignment.Right, 50),
    );
    this.#item.name = 'Glovebox';
    this.#owned.push(runs.onDidChange(() => this.#draw()));
    this.#owned.push(sandbox.onDidChange(() => this.#draw()));
    this.#owned.push(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#draw()));
    this.#draw();
    this.#item.show();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #draw(): void {
    const running = this.#runs.list();
    void vscode.commands.executeCommand('setContext', 'glovebox.running', running.length > 0);
    const [first] = running;
    if (first !== undefined) {
      const more = running.length > 1 ? ` +${running.length - 1}` : '';
      this.#item.text = `$(loading~spin) ${neutralLine(first.title, 30)}${more}`;
      this.#item.tooltip = vscode.l10n.t('Running in the sandbox. Click to stop.');
      this.#item.command = 'glovebox.stop';
      return;
    }
    this.#item.text = this.#closed() ? '$(shield) Glovebox $(warning)' : '$(shield) Glovebox';
    this.#item.tooltip = this.#tooltip();
    this.#item.command = 'glovebox.menu';
  }

  #closed(): boolean {
    return !vscode.workspace.isTrusted || this.#sandbox.known?.available === false;
  }

  #tooltip(): string {
    if (!vscode.workspace.isTrusted)
      return vscode.l10n.t('Nothing runs here: this workspace is not trusted.');
    const status = this.#sandbox.known;
    if (status === undefined) return vscode.l10n.t('Glovebox: ask, run and look back');
    if (!status.available) return neutralLine(status.reason, 400);
    const { backend, runtime, reason } = status.sandbox;
    const name = [backend, runtime].filter((part) => part !== '').join(' · ');
    return `${vscode.l10n.t('Sandbox: {0}', name)}${reason === undefined ? '' : `\n${neutralLine(reason, 300)}`}`;
  }
}
