import * as vscode from 'vscode';
import type { PendingProposal } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { askModal, warnModal } from '../output/notify.ts';

/**
 * A modal question that names the findings: running blocked code is never one click, and what Enter
 * takes is `review`. Where that leads back to what is there already, nothing else has to cancel.
 */
export async function insists(
  { proposal, report }: PendingProposal,
  review: { readonly label: string; readonly isBack: boolean },
): Promise<'run' | 'review' | 'cancel'> {
  const action = vscode.l10n.t('Run Anyway');
  const blocking = report.findings.filter((finding) => finding.severity === 'block');
  const shown = blocking.slice(0, 5).map((finding) =>
    // Nothing is drawn there as code.
    vscode.l10n.t('• line {0}: {1}', finding.range.startLine + 1, plain(finding.message)),
  );
  if (blocking.length > shown.length) shown.push(`• +${blocking.length - shown.length}`);
  const question = vscode.l10n.t(
    'The validator blocks {0}. Run it in the sandbox anyway?',
    neutralLine(proposal.title, 60),
  );
  const detail = `${shown.join('\n')}\n\n${vscode.l10n.t('The record will say that you insisted.')}`;
  const answer = review.isBack
    ? await warnModal(question, detail, review.label, action)
    : await askModal('warning', question, detail, review.label, action);
  if (answer === action) return 'run';
  return answer === review.label ? 'review' : 'cancel';
}

const plain = (message: string): string => neutralLine(message.replaceAll('`', ''), 160);
