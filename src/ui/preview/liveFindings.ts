import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { CheckedText } from '../../core/ports.ts';
import { languageOf } from '../run/runEditorCode.ts';
import type { LoadApp } from '../uiApp.ts';
import { diagnosticsOf, type RulePage } from './findingDiagnostics.ts';
import { editScheme } from './proposalUri.ts';

/** Typing is not interrupted by a check for every letter. */
const pause = 150;

/** Findings on the copy of a proposal while a person edits it; only what changed is parsed anew. */
export class LiveFindings implements Disposable {
  readonly #app: LoadApp;
  readonly #rulePage: RulePage;
  readonly #owned = new DisposableList();
  readonly #diagnostics = this.#owned.push(vscode.languages.createDiagnosticCollection('glovebox.edit'));
  readonly #texts = new Map<string, Promise<CheckedText>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(app: LoadApp, rulePage: RulePage) {
    this.#app = app;
    this.#rulePage = rulePage;
    this.#owned.push(vscode.workspace.onDidOpenTextDocument((document) => this.#soon(document)));
    this.#owned.push(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#soon(document)));
    this.#owned.push(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri)));
  }

  dispose(): void {
    for (const key of [...this.#timers.keys(), ...this.#texts.keys()]) this.#forget(vscode.Uri.parse(key));
    this.#owned.dispose();
  }

  #soon(document: vscode.TextDocument): void {
    if (document.uri.scheme !== editScheme) return;
    const key = document.uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.set(
      key,
      setTimeout(() => void this.#check(document), pause),
    );
  }

  async #check(document: vscode.TextDocument): Promise<void> {
    const key = document.uri.toString();
    this.#timers.delete(key);
    let opening = this.#texts.get(key);
    if (opening === undefined) {
      opening = this.#app().then((app) => app.openText(languageOf(document)));
      this.#texts.set(key, opening);
    }
    const text = await opening.catch(() => undefined);
    // A grammar that could not be loaded is tried again; the decision itself is checked in any case.
    if (text === undefined) this.#texts.delete(key);
    else if (!document.isClosed)
      this.#diagnostics.set(document.uri, diagnosticsOf(text.update(document.getText()), this.#rulePage));
  }

  #forget(uri: vscode.Uri): void {
    const key = uri.toString();
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    const opening = this.#texts.get(key);
    this.#texts.delete(key);
    this.#diagnostics.delete(uri);
    void opening?.then(
      (text) => text.close(),
      () => undefined,
    );
  }
}
