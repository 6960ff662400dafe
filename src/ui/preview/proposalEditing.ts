import * as vscode from 'vscode';
import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { askModal, notify } from '../output/notify.ts';
import { EditCopies } from './editCopies.ts';
import { KeptEdits } from './keptEdits.ts';
import type { OpenEdits } from './openEdits.ts';
import { editScheme, editUri, proposalRef } from './proposalUri.ts';

/**
 * Edit opens a writable copy. Saving it by hand, or "Use This Code", hands the changed code back; an
 * automatic save only keeps it. The pipeline then checks it again and shows it again.
 */
export class ProposalEditing implements OpenEdits, Disposable {
  readonly #pending: PendingDecisions;
  readonly #copies: EditCopies;
  readonly #owned = new DisposableList();
  readonly #savedByHand = new Set<string>();
  /** Addresses of copies whose code is being handed back now: their save asks for nothing more. */
  readonly #using = new Set<string>();
  readonly #edits = this.#owned.push(new Emitter<{ proposal: Proposal; changed: boolean }>());
  /** Addresses of copies that are no longer what was proposed. */
  readonly #changed = new Set<string>();

  /** Copies of which nothing is left to do. Tabs are told of late, so one may still be about to appear. */
  readonly #spent = new Map<string, vscode.Uri>();

  readonly onDidChange = this.#edits.on;

  constructor(pending: PendingDecisions, memory: vscode.Memento) {
    this.#pending = pending;
    this.#copies = new EditCopies(new KeptEdits(memory));
    this.#owned.push(this.#copies);
    this.#owned.push(
      vscode.workspace.registerFileSystemProvider(editScheme, this.#copies, { isCaseSensitive: true }),
    );
    this.#owned.push(
      vscode.workspace.onWillSaveTextDocument(({ document, reason }) => {
        const key = document.uri.toString();
        if (document.uri.scheme !== editScheme || this.#using.has(key)) return;
        if (reason === vscode.TextDocumentSaveReason.Manual) this.#savedByHand.add(key);
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (this.#savedByHand.delete(document.uri.toString())) this.#answer(document);
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.scheme === editScheme) this.#look();
      }),
    );
    this.#owned.push(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === editScheme) this.#gone(uri);
      }),
    );
    // An editor's text goes a while after its tab.
    this.#owned.push(
      vscode.window.tabGroups.onDidChangeTabs(() => {
        this.#look();
        for (const uri of this.#spent.values()) void closeTabs(uri);
      }),
    );
    this.#owned.push(pending.onDidOpen(() => this.#look()));
    this.#owned.push(pending.onDidClose((closed) => void this.#decided(closed.pending.proposal)));
  }

  async open(proposal: Proposal): Promise<void> {
    const uri = editUri(proposal);
    if (!this.#copies.has(uri)) this.#copies.put(uri, proposal.code);
    this.#spent.delete(uri.toString());
    await vscode.window.showTextDocument(uri, { preview: false });
  }

  async use(uri: vscode.Uri): Promise<void> {
    const key = uri.toString();
    if (this.#using.has(key)) return;
    // To the editor this save is one by hand as well, and it tells of it before it returns.
    this.#using.add(key);
    try {
      const document = await vscode.workspace.openTextDocument(uri);
      await document.save();
      this.#answer(document);
    } finally {
      this.#using.delete(key);
    }
  }

  async runsAsProposed(proposal: Proposal): Promise<boolean> {
    const uri = editUri(proposal);
    if (!this.#changed.has(uri.toString())) return true;
    const mine = vscode.l10n.t('Check My Edit');
    const proposed = vscode.l10n.t('Run the Proposal');
    const answer = await askModal(
      'warning',
      vscode.l10n.t(
        'You are editing {0} in the editor. Which one is meant?',
        neutralLine(proposal.title, 60),
      ),
      vscode.l10n.t('Your edit is checked and shown again before it runs. The proposal runs without it.'),
      mine,
      proposed,
    );
    if (answer === mine) await this.use(uri);
    return answer === proposed;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #answer(document: vscode.TextDocument): void {
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
    // It is used, so nobody is to be told that it was not.
    this.#changed.delete(document.uri.toString());
    this.#pending.answer(ref.id, ref.hash, { kind: 'edit', code });
  }

  /** The proposal whose question is open and whose copy has this address. */
  #openOf(uri: vscode.Uri): Proposal | undefined {
    const ref = uri.scheme === editScheme ? proposalRef(uri) : undefined;
    return ref === undefined ? undefined : this.#pending.get(ref.id, ref.hash)?.proposal;
  }

  /** Which copies are other than what was proposed, and still in sight. */
  #look(): void {
    for (const document of vscode.workspace.textDocuments) {
      const open = this.#openOf(document.uri);
      if (open === undefined) continue;
      const changed = document.getText() !== open.code && tabsOf(document.uri).length > 0;
      this.#tell(document.uri, open, changed);
    }
  }

  #tell(uri: vscode.Uri, proposal: Proposal, changed: boolean): void {
    const key = uri.toString();
    if (this.#changed.has(key) === changed) return;
    if (changed) this.#changed.add(key);
    else this.#changed.delete(key);
    this.#edits.fire({ proposal, changed });
  }

  #gone(uri: vscode.Uri): void {
    const open = this.#openOf(uri);
    if (open !== undefined) this.#tell(uri, open, false);
    this.#changed.delete(uri.toString());
    this.#spent.delete(uri.toString());
    this.#copies.drop(uri);
  }

  /** A copy that holds nothing of the person's goes; of another, which stays, it is said that it was not used. */
  async #decided(proposal: Proposal): Promise<void> {
    const uri = editUri(proposal);
    if (!this.#copies.has(uri)) return;
    this.#copies.forget(uri);
    if (!this.#changed.delete(uri.toString())) {
      this.#spent.set(uri.toString(), uri);
      return closeTabs(uri);
    }
    const title = neutralLine(proposal.title, 60);
    void notify(
      'information',
      vscode.l10n.t('{0} was decided or replaced. Your edit of it in the editor was not used.', title),
    );
  }
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = tabsOf(uri);
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

function tabsOf(uri: vscode.Uri): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());
}
