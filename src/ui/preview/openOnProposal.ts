import type { Disposable } from '../../core/lifecycle.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import type { ProposalPreview } from './proposalPreview.ts';

/**
 * Shows what the chat proposes as soon as it waits for a person, and leaves the focus where it is.
 * The other doors open the preview themselves, before they ask.
 */
export function openOnProposal(
  pending: PendingDecisions,
  preview: ProposalPreview,
  wanted: () => boolean,
  failed: (error: unknown) => void,
): Disposable {
  return pending.onDidOpen(({ proposal, report }) => {
    if (proposal.threadId !== undefined && wanted()) preview.open(proposal, report).catch(failed);
  });
}
