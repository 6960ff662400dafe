import * as vscode from 'vscode';
import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import type { Report } from '../../core/finding.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { diagnosticsOf, type RulePage } from './findingDiagnostics.ts';
import { ProposalDocuments } from './proposalDocuments.ts';
import { ProposalLenses } from './proposalLenses.ts';
import { hasPreviewAlone } from './rejectOnClose.ts';
import { editScheme, proposalRef, proposalScheme, proposalUri } from './proposalUri.ts';

/**
 * The native preview of a proposal: a diff where it replaces other code, else a read-only document,
 * with the findings as problems on it.
 */
export class ProposalPreview implements Disposable {
  readonly #documents = new ProposalDocuments();
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('glovebox');
  readonly #owned = new DisposableList();
  readonly #pending: PendingDecisions;
  readonly #rulePage: RulePage;

  constructor(pending: PendingDecisions, rulePage: RulePage) {
    this.#pending = pending;
    this.#rulePage = rulePage;
    const lenses = this.#owned.push(new ProposalLenses(pending));
    this.#owned.push(this.#diagnostics);
    this.#owned.push(vscode.workspace.registerTextDocumentContentProvider(proposalScheme, this.#documents));
    this.#owned.push(
      vscode.languages.registerCodeLensProvider([{ scheme: proposalScheme }, { scheme: editScheme }], lenses),
    );
    this.#owned.push(
      vscode.workspace.onDidCloseTextDocument((document) => this.#diagnostics.delete(document.uri)),
    );
    this.#owned.push(vscode.window.onDidChangeActiveTextEditor(() => this.#tellContext()));
    this.#owned.push(pending.onDidOpen(() => this.#tellContext()));
    this.#owned.push(
      pending.onDidClose(({ pending: closed }) => {
        this.#tellContext();
        this.#diagnostics.delete(proposalUri(closed.proposal, 'proposed'));
        void this.#close(proposalUri(closed.proposal, 'proposed'));
      }),
    );
  }

  /** Opens or reveals it. The focus goes there only when asked, because it may open by itself. */
  async open(proposal: Proposal, report: Report, focus = false): Promise<void> {
    this.#documents.keep({ proposal, report });
    const proposed = proposalUri(proposal, 'proposed');
    const waits = (): boolean => this.#pending.get(proposal.id, proposal.hash) !== undefined;
    const waited = waits();
    // The next file that is looked at must not take the place of what is decided on there alone.
    const preview = !hasPreviewAlone(proposal);
    const show: vscode.TextDocumentShowOptions = { preview, preserveFocus: !focus };
    if (proposal.previousCode === undefined) {
      await vscode.window.showTextDocument(proposed, show);
    } else {
      const title = vscode.l10n.t('{0}: proposed change', neutralLine(proposal.title, 60));
      await vscode.commands.executeCommand(
        'vscode.diff',
        proposalUri(proposal, 'previous'),
        proposed,
        title,
        show,
      );
    }
    // Decided while it was opening: there was no tab yet to go away.
    if (waited && !waits()) return this.#close(proposed);
    this.#diagnostics.set(proposed, diagnosticsOf(report, this.#rulePage));
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** For the title buttons and keybindings: whether the active editor shows an open question. */
  #tellContext(): void {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const ref = uri === undefined ? undefined : proposalRef(uri);
    const decidable = ref !== undefined && this.#pending.get(ref.id, ref.hash) !== undefined;
    void vscode.commands.executeCommand('setContext', 'glovebox.decidable', decidable);
  }

  /** A decided preview goes away by itself: it would only look as if it still waited. */
  async #close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input }) =>
          (input instanceof vscode.TabInputText && input.uri.toString() === uri.toString()) ||
          (input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString()),
      );
    if (tabs.length > 0) await vscode.window.tabGroups.close(tabs, true);
  }
}
