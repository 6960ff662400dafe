import * as vscode from 'vscode';
import type { Disposable } from '../../core/lifecycle.ts';
import type { Report } from '../../core/finding.ts';
import type { CommandId } from '../commands/commandTable.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { editScheme, proposalRef } from './proposalUri.ts';

/** Run, Edit and Reject above the first line of a preview, while its question is open. */
export class ProposalLenses implements vscode.CodeLensProvider, Disposable {
  readonly #pending: PendingDecisions;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly Disposable[];
  /** Questions that ended in this window; one that is not open may only not be back yet, after a reload. */
  readonly #ended = new Set<string>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(pending: PendingDecisions) {
    this.#pending = pending;
    const refresh = (): void => this.#changed.fire();
    this.#subscriptions = [
      pending.onDidOpen(refresh),
      pending.onDidClose(({ pending: { proposal } }) => {
        this.#ended.add(`${proposal.id} ${proposal.hash}`);
        refresh();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const ref = proposalRef(document.uri);
    if (ref === undefined || ref.side === 'previous') return [];
    const open = this.#pending.get(ref.id, ref.hash);
    if (open === undefined) {
      const wasOpen = this.#ended.has(`${ref.id} ${ref.hash}`);
      return wasOpen && document.uri.scheme === editScheme ? [unused()] : [];
    }
    const lens = (title: string, command: CommandId): vscode.CodeLens =>
      new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command, arguments: [document.uri] });
    if (document.uri.scheme === editScheme) {
      return [
        lens(`$(check) ${vscode.l10n.t('Use This Code')}`, 'glovebox.proposal.useEdit'),
        lens(`$(close) ${vscode.l10n.t('Reject')}`, 'glovebox.proposal.reject'),
      ];
    }
    return [
      lens(
        open.report.verdict === 'block'
          ? `$(warning) ${vscode.l10n.t('Run Anyway…')}`
          : `$(play) ${vscode.l10n.t('Run in Sandbox')}`,
        'glovebox.proposal.run',
      ),
      lens(`$(edit) ${vscode.l10n.t('Edit')}`, 'glovebox.proposal.edit'),
      lens(`$(close) ${vscode.l10n.t('Reject')}`, 'glovebox.proposal.reject'),
      // It is what is open already.
      said(verdictLine(open.report)),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}

/** Over a copy that nothing can come of any more. */
function unused(): vscode.CodeLens {
  return said(`$(info) ${vscode.l10n.t('The proposal was decided or replaced; this edit was not used')}`);
}

function said(title: string): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, command: '' });
}

/** What the validator says, in a few words. */
export function verdictLine(report: Report): string {
  const blocking = report.findings.filter((finding) => finding.severity === 'block').length;
  const warnings = report.findings.filter((finding) => finding.severity === 'warn').length;
  if (report.verdict === 'block')
    return vscode.l10n.t('Blocked by {0} of the validator’s findings', blocking);
  if (report.verdict === 'warn') return vscode.l10n.t('{0} warnings of the validator', warnings);
  return vscode.l10n.t('The validator found nothing to warn of');
}
