import * as vscode from 'vscode';
import { decidedByStarting, type Decision } from '../../core/decision.ts';
import type { Report } from '../../core/finding.ts';
import type { Approver } from '../../core/ports.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { insists } from '../preview/insists.ts';
import type { ProposalPreview } from '../preview/proposalPreview.ts';

/**
 * Asks the person who ran a selection, a file or a record again. That was a decision already, so a
 * question comes only for code that the validator blocks.
 */
export class EditorApprover implements Approver {
  readonly #pending: PendingDecisions;
  readonly #preview: ProposalPreview;

  constructor(pending: PendingDecisions, preview: ProposalPreview) {
    this.#pending = pending;
    this.#preview = preview;
  }

  async decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision> {
    const decided = decidedByStarting(proposal, report);
    if (decided !== undefined) return decided;
    const review = { label: vscode.l10n.t('Review Findings'), isBack: false };
    const answer = await insists({ proposal, report }, review);
    switch (answer) {
      case 'run':
        return { kind: 'run', hash: proposal.hash, by: 'person', inSpiteOfFindings: true };
      case 'cancel':
        return {
          kind: 'reject',
          reason: vscode.l10n.t(
            'The validator blocked {0}. Nothing was run.',
            neutralLine(proposal.title, 60),
          ),
        };
      case 'review':
        await this.#preview.open(proposal, report, true);
        return this.#pending.decide(proposal, report, signal);
    }
  }
}
