import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { History } from '../../core/ports.ts';
import type { RunRecord } from '../../core/record.ts';
import { neutralLine } from '../output/controlText.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import type { LoadApp } from '../uiApp.ts';
import type * as RunPage from './runPage.ts';

export const runViewType = 'glovebox.run';

/** The pages of single runs; a run has one, which follows what happens to its record. */
export class RunPanels implements vscode.WebviewPanelSerializer, Disposable {
  readonly #app: LoadApp;
  readonly #secrets: KnownSecrets;
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #owned = new DisposableList();
  #listening = false;
  /** How a record is drawn; loaded with the first one. */
  #pages: typeof RunPage | undefined;

  constructor(app: LoadApp, secrets: KnownSecrets) {
    this.#app = app;
    this.#secrets = secrets;
    this.#owned.push(vscode.window.registerWebviewPanelSerializer(runViewType, this));
  }

  async open(runId: string): Promise<void> {
    const record = await this.record(runId);
    const open = this.#panels.get(runId);
    if (open !== undefined) {
      this.#draw(open, record);
      return open.reveal();
    }
    const panel = vscode.window.createWebviewPanel(
      runViewType,
      neutralLine(record.title, 40),
      vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    this.#fill(panel, record);
  }

  /** @throws GloveboxError when the record is gone. */
  async record(runId: string): Promise<RunRecord> {
    const record = await (await this.#history()).get(runId);
    if (record !== undefined) return record;
    throw new GloveboxError('bad-input', vscode.l10n.t('This run is no longer in the history.'));
  }

  /** A page that was open when the window closed comes back, unless its run is gone. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const runId = typeof state === 'object' && state !== null && 'runId' in state ? state.runId : undefined;
    const record = typeof runId === 'string' ? await (await this.#history()).get(runId) : undefined;
    if (record === undefined || this.#panels.has(record.runId)) panel.dispose();
    else this.#fill(panel, record);
  }

  /** The pages themselves stay, so that they come back with the next window. */
  dispose(): void {
    this.#owned.dispose();
  }

  #fill(panel: vscode.WebviewPanel, record: RunRecord): void {
    panel.iconPath = new vscode.ThemeIcon('history');
    this.#panels.set(record.runId, panel);
    panel.onDidDispose(() => {
      if (this.#panels.get(record.runId) === panel) this.#panels.delete(record.runId);
    });
    this.#draw(panel, record);
  }

  #draw({ webview }: vscode.WebviewPanel, record: RunRecord): void {
    if (this.#pages === undefined) throw new Error('A record is drawn before the history was opened.');
    const { runPage, runPageCommands } = this.#pages;
    webview.options = {
      enableScripts: true,
      enableCommandUris: [...runPageCommands],
      localResourceRoots: artifactFolders(record),
    };
    webview.html = runPage(record, this.#around(webview));
  }

  /** A page stays as it is where its record can't be read any more; opening it says why. */
  #follow(runId: string): void {
    this.#refresh(runId).catch(() => undefined);
  }

  async #refresh(runId: string): Promise<void> {
    const panel = this.#panels.get(runId);
    if (panel === undefined) return;
    const record = await (await this.#history()).get(runId);
    if (record === undefined) {
      panel.dispose();
      return;
    }
    this.#draw(panel, record);
  }

  async #history(): Promise<History> {
    const history = await (await this.#app()).history();
    this.#pages ??= await import('./runPage.ts');
    if (!this.#listening) {
      this.#listening = true;
      this.#owned.push(history.onDidChange((changed) => this.#follow(changed)));
    }
    return history;
  }

  #around(webview: vscode.Webview): RunPage.RunPageParts {
    return {
      nonce: randomBytes(16).toString('base64'),
      cspSource: webview.cspSource,
      language: vscode.env.language,
      secrets: this.#secrets,
      artifactUri: (artifact) =>
        existsSync(artifact.path)
          ? webview.asWebviewUri(vscode.Uri.file(artifact.path)).toString()
          : undefined,
    };
  }
}

/** The page may read the files of its own run and nothing else. */
function artifactFolders(record: RunRecord): vscode.Uri[] {
  const folders = new Set((record.result?.artifacts ?? []).map((artifact) => path.dirname(artifact.path)));
  return [...folders].map((folder) => vscode.Uri.file(folder));
}
