import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { GloveboxError } from '../../core/errors.ts';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { RunRecord } from '../../core/record.ts';
import { neutralLine } from '../output/controlText.ts';
import type { LoadApp } from '../uiApp.ts';
import { runPage, runPageCommands } from './runPage.ts';

/** The pages of single runs; a run has one, which follows what happens to its record. */
export class RunPanels implements Disposable {
  readonly #app: LoadApp;
  readonly #panels = new Map<string, vscode.WebviewPanel>();
  readonly #owned = new DisposableList();
  #listening = false;

  constructor(app: LoadApp) {
    this.#app = app;
  }

  async open(runId: string): Promise<void> {
    const history = await (await this.#app()).history();
    if (!this.#listening) {
      this.#listening = true;
      this.#owned.push(history.onDidChange((changed) => void this.#refresh(changed)));
    }
    const record = await this.record(runId);
    const open = this.#panels.get(runId);
    if (open !== undefined) {
      open.webview.html = this.#page(record, open.webview);
      return open.reveal();
    }
    const panel = vscode.window.createWebviewPanel(
      'glovebox.run',
      neutralLine(record.title, 40),
      vscode.ViewColumn.Active,
      {
        enableScripts: false,
        enableCommandUris: [...runPageCommands],
        enableFindWidget: true,
        localResourceRoots: artifactFolders(record),
      },
    );
    panel.iconPath = new vscode.ThemeIcon('history');
    this.#panels.set(runId, panel);
    panel.onDidDispose(() => this.#panels.delete(runId));
    panel.webview.html = this.#page(record, panel.webview);
  }

  /** @throws GloveboxError when the record is gone. */
  async record(runId: string): Promise<RunRecord> {
    const history = await (await this.#app()).history();
    const record = await history.get(runId);
    if (record !== undefined) return record;
    throw new GloveboxError('bad-input', vscode.l10n.t('This run is no longer in the history.'));
  }

  dispose(): void {
    this.#owned.dispose();
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }

  async #refresh(runId: string): Promise<void> {
    const panel = this.#panels.get(runId);
    if (panel === undefined) return;
    const record = await (await (await this.#app()).history()).get(runId);
    if (record === undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = { ...panel.webview.options, localResourceRoots: artifactFolders(record) };
    panel.webview.html = this.#page(record, panel.webview);
  }

  #page(record: RunRecord, webview: vscode.Webview): string {
    return runPage(record, {
      nonce: randomBytes(16).toString('base64'),
      cspSource: webview.cspSource,
      language: vscode.env.language,
      artifactUri: (artifact) =>
        existsSync(artifact.path)
          ? webview.asWebviewUri(vscode.Uri.file(artifact.path)).toString()
          : undefined,
    });
  }
}

/** The page may read the files of its own run and nothing else. */
function artifactFolders(record: RunRecord): vscode.Uri[] {
  const folders = new Set((record.result?.artifacts ?? []).map((artifact) => path.dirname(artifact.path)));
  return [...folders].map((folder) => vscode.Uri.file(folder));
}
