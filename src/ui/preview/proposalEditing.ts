import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { notify } from '../output/notify.ts';
import { EditCopies } from './editCopies.ts';
import { editScheme, editUri, proposalRef } from './proposalUri.ts';

/**
 * Edit opens a writable copy. Saving it by hand, or "Use This Code", hands the changed code back; an
 * automatic save only keeps it. The pipeline then checks it again and shows it again.
 */
export class ProposalEditing implements Disposable {
  readonly #pending: PendingDecisions;
  readonly #copies = new EditCopies();
  readonly #owned = new DisposableList();
  readonly #savedByHand = new Set<string>();

  constructor(pending: PendingDecisions) {
    this.#pending = pending;
    this.#owned.push(this.#copies);
    this.#owned.push(
      vscode.workspace.registerFileSystemProvider(editScheme, this.#copies, { isCaseSensitive: true }),
    );
    this.#owned.push(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        if (document.uri.scheme === editScheme && reason === vscode.TextDocumentSaveReason.Manual)
          this.#savedByHand.add(document.uri.toString());
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (this.#savedByHand.delete(document.uri.toString())) void this.#answer(document);
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === editScheme) this.#copies.drop(uri);
      }),
    );
  }

  async open(proposal: Proposal): Promise<void> {
    const uri = editUri(proposal);
    if (!this.#copies.has(uri)) this.#copies.put(uri, proposal.code);
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  async use(uri: vscode.Uri): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await document.save();
    this.#savedByHand.delete(uri.toString());
    await this.#answer(document);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  async #answer(document: vscode.TextDocument): Promise<void> {
    const ref = proposalRef(document.uri);
    const open = ref === undefined ? undefined : this.#pending.get(ref.id, ref.hash);
    if (ref === undefined || open === undefined) {
      void notify(
        'information',
        vscode.l10n.t('This proposal has been decided already. Copy what you want to keep.'),
      );
      return;
    }
    const code = document.getText();
    if (code === open.proposal.code) {
      void notify('information', vscode.l10n.t('Nothing was changed yet.'));
      return;
    }
    this.#pending.answer(ref.id, ref.hash, { kind: 'edit', code });
    await this.#closeTab(document.uri);
  }

  async #closeTab(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
  }
}
