import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import type { ActiveRuns } from '../run/activeRuns.ts';
import type { SandboxState } from '../sandbox/sandboxState.ts';
import { sandboxTooltip } from './sandboxTooltip.ts';

/** The one status bar item: what waits for the person, what runs now, and which sandbox the next run gets. */
export class StatusItem implements Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #owned = new DisposableList();
  readonly #runs: ActiveRuns;
  readonly #sandbox: SandboxState;
  readonly #pending: PendingDecisions;

  constructor(runs: ActiveRuns, sandbox: SandboxState, pending: PendingDecisions) {
    this.#runs = runs;
    this.#pending = pending;
    this.#sandbox = sandbox;
    this.#item = this.#owned.push(
      vscode.window.createStatusBarItem('glovebox.status', vscode.StatusBarAlignment.Right, 50),
    );
    this.#item.name = 'Glovebox';
    this.#owned.push(runs.onDidChange(() => this.#draw()));
    this.#owned.push(pending.onDidOpen(() => this.#draw()));
    this.#owned.push(pending.onDidClose(() => this.#draw()));
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
    const waiting = this.#pending.list();
    const [waits] = waiting;
    if (waits !== undefined) {
      const title = neutralLine(waits.proposal.title, 30);
      const said =
        waiting.length === 1
          ? vscode.l10n.t('{0} waits for you', title)
          : vscode.l10n.t('{0} wait for you', waiting.length);
      this.#item.text = `$(bell-dot) ${said}`;
      this.#item.tooltip = vscode.l10n.t('Nothing of it runs before you decide. Click to see it.');
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
