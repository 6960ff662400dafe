import * as vscode from 'vscode';
import type { PendingProposal } from '../decisions/pendingDecisions.ts';
import { neutralLine } from '../output/controlText.ts';
import { askModal } from '../output/notify.ts';

/**
 * A modal question that names the findings: running blocked code is never one click, and what Enter
 * takes is `review`.
 */
export async function insists(
  { proposal, report }: PendingProposal,
  review: string,
): Promise<'run' | 'review' | 'cancel'> {
  const action = vscode.l10n.t('Run Anyway');
  const blocking = report.findings.filter((finding) => finding.severity === 'block');
  const shown = blocking
    .slice(0, 5)
    .map((finding) =>
      vscode.l10n.t('• line {0}: {1}', finding.range.startLine + 1, neutralLine(finding.message, 160)),
    );
  if (blocking.length > shown.length) shown.push(`• +${blocking.length - shown.length}`);
  const question = vscode.l10n.t(
    'The validator blocks {0}. Run it in the sandbox anyway?',
    neutralLine(proposal.title, 60),
  );
  const answer = await askModal(
    'warning',
    question,
    `${shown.join('\n')}\n\n${vscode.l10n.t('The record will say that you insisted.')}`,
    review,
    action,
  );
  if (answer === action) return 'run';
  return answer === review ? 'review' : 'cancel';
}
