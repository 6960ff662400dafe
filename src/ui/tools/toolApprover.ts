import * as vscode from 'vscode';
import type { Decision } from '../../core/decision.ts';
import type { Report } from '../../core/finding.ts';
import type { Approver } from '../../core/ports.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { notify } from '../output/notify.ts';
import type { ProposalPreview } from '../preview/proposalPreview.ts';
import { verdictLine } from '../preview/proposalLenses.ts';

/** Asks in the preview about code that another extension's model wants to run. */
export class ToolApprover implements Approver {
  readonly #pending: PendingDecisions;
  readonly #preview: ProposalPreview;

  constructor(pending: PendingDecisions, preview: ProposalPreview) {
    this.#pending = pending;
    this.#preview = preview;
  }

  async decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision> {
    const unseen = new AbortController();
    const decision = this.#pending.decide(proposal, report, AbortSignal.any([signal, unseen.signal]));
    try {
      await this.#preview.open(proposal, report, true);
    } catch (error) {
      // Nobody can answer what nobody sees.
      unseen.abort();
      throw error;
    }
    // Only a reminder: the preview is there, whatever becomes of it.
    this.#remind(proposal, report).catch(() => undefined);
    return decision;
  }

  async #remind(proposal: Proposal, report: Report): Promise<void> {
    const review = vscode.l10n.t('Review');
    const title = neutralLine(proposal.purpose === '' ? proposal.title : proposal.purpose, 100);
    const answer = await notify(
      'information',
      `${vscode.l10n.t('An assistant wants to run code: {0}', title)} ${verdictLine(report)}`,
      review,
    );
    if (answer === review && this.#pending.get(proposal.id, proposal.hash) !== undefined)
      await this.#preview.open(proposal, report, true);
  }
}
