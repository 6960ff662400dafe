import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import { notify } from '../output/notify.ts';
import { diagnosticsOf, type RulePage } from '../preview/findingDiagnostics.ts';
import { verdictLine } from '../preview/proposalLenses.ts';
import type { LoadApp } from '../uiApp.ts';
import { languageOf, nameOf } from './runEditorCode.ts';

/** Findings in the person's own files, on request; an edit takes them away because they may be wrong then. */
export class EditorFindings implements Disposable {
  readonly #app: LoadApp;
  readonly #rulePage: RulePage;
  readonly #owned = new DisposableList();
  readonly #diagnostics = this.#owned.push(vscode.languages.createDiagnosticCollection('glovebox.check'));

  constructor(app: LoadApp, rulePage: RulePage) {
    this.#app = app;
    this.#rulePage = rulePage;
    this.#owned.push(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#diagnostics.delete(document.uri);
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidCloseTextDocument((document) => this.#diagnostics.delete(document.uri)),
    );
  }

  /** Checks a document without running it. Reading code is safe, so this needs no trust. */
  async check(document: vscode.TextDocument): Promise<void> {
    const { validator } = await this.#app();
    const { version } = document;
    const report = await validator.check(languageOf(document), document.getText());
    if (document.isClosed) return;
    // Its places are no longer where they were.
    if (document.version !== version) return this.check(document);
    this.#diagnostics.set(document.uri, diagnosticsOf(report, this.#rulePage));
    void notify('information', `${nameOf(document)}: ${verdictLine(report)}`);
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
