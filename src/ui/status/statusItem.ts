import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import type { PendingPermissions } from '../permissions/pendingPermissions.ts';
import type { ActiveRuns } from '../run/activeRuns.ts';
import type { SandboxState } from '../sandbox/sandboxState.ts';
import { sandboxTooltip } from './sandboxTooltip.ts';
import { waitingText } from './waitingText.ts';

/** The one status bar item: what waits for the person, what runs now, and which sandbox the next run gets. */
export class StatusItem implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #owned = new DisposableList();
  readonly #runs: ActiveRuns;
  readonly #sandbox: SandboxState;
  readonly #pending: PendingDecisions;
  readonly #permissions: PendingPermissions;

  constructor(
    runs: ActiveRuns,
    sandbox: SandboxState,
    pending: PendingDecisions,
    permissions: PendingPermissions,
  ) {
    this.#runs = runs;
    this.#pending = pending;
    this.#permissions = permissions;
    this.#sandbox = sandbox;
    this.#item = this.#owned.push(
      vscode.window.createStatusBarItem('glovebox.status', vscode.StatusBarAlignment.Right, 50),
    );
    this.#item.name = 'Glovebox';
    this.#owned.push(runs.onDidChange(() => this.#draw()));
    for (const { onDidOpen, onDidClose } of [pending, permissions]) {
      this.#owned.push(onDidOpen(() => this.#draw()));
      this.#owned.push(onDidClose(() => this.#draw()));
    }
    this.#owned.push(sandbox.onDidChange(() => this.#draw()));
    this.#owned.push(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#draw()));
    this.#owned.push(
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('glovebox.sandbox')) this.#draw();
      }),
    );
    this.#draw();
    this.#item.show();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #draw(): void {
    const started = this.#runs.list();
    void vscode.commands.executeCommand('setContext', 'glovebox.running', started.length > 0);
    const running = started.filter(({ isRunning }) => isRunning);
    const [first] = running;
    const waits = waitingText(this.#pending.list(), this.#permissions.list());
    void vscode.commands.executeCommand('setContext', 'glovebox.pending', waits !== undefined);
    if (waits !== undefined) {
      this.#item.text = `$(bell-dot) ${waits}`;
      this.#item.tooltip = vscode.l10n.t('Nothing of it is done before you decide. Click to see it.');
      this.#item.command = 'glovebox.openPreview';
      return;
    }
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
    return sandboxTooltip(this.#sandbox.known);
  }
}
