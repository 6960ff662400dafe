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
    const decision = this.#pending.decide(proposal, report, signal);
    await this.#preview.open(proposal, report, true);
    void this.#remind(proposal, report);
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
