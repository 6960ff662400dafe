import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import { failures, selfTestPage, type SelfTestReport } from '../../core/selfTest.ts';
import { neutralise, neutralLine } from '../output/controlText.ts';
import { notify, notifyProgress } from '../output/notify.ts';
import { requireTrust } from '../trust/workspaceTrust.ts';
import type { LoadApp } from '../uiApp.ts';
import type { SandboxState } from './sandboxState.ts';

const scheme = 'glovebox-self-test';
const address = vscode.Uri.from({ scheme, path: '/Sandbox self-test' });

/** The outcome of the last self-test as a page. */
export class SelfTestPage implements vscode.TextDocumentContentProvider, Disposable {
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.push(new vscode.EventEmitter<vscode.Uri>());
  #text = '';

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#owned.push(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
  }

  provideTextDocumentContent(): string {
    return this.#text;
  }

  async show(report: SelfTestReport): Promise<void> {
    this.#text = neutralise(selfTestPage(report));
    this.#changed.fire(address);
    await vscode.commands.executeCommand('markdown.showPreview', address);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

/** Attacks the sandbox with programs of ours and shows what held. */
export async function testSandbox(app: LoadApp, state: SandboxState, page: SelfTestPage): Promise<void> {
  requireTrust();
  const loaded = await app();
  const stop = new AbortController();
  const report = await notifyProgress(
    vscode.l10n.t('Testing the sandbox'),
    () => stop.abort(),
    (report) =>
      loaded
        .testSandbox((message) => report(neutralLine(message, 100)), stop.signal)
        .catch((error: unknown) => {
          if (stop.signal.aborted) return undefined;
          throw error;
        }),
  );
  if (report === undefined) return;
  await state.refresh();
  await page.show(report);
  const failed = failures(report).length;
  if (failed > 0) {
    void notify('error', vscode.l10n.t('{0} attacks got through, so this sandbox is closed.', failed));
  }
}
