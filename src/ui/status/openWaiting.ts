import * as vscode from 'vscode';
import type { EditRequest } from '../../core/permission.ts';
import type { PendingDecisions } from '../decisions/pendingDecisions.ts';
import { notify } from '../output/notify.ts';
import type { PendingPermissions } from '../permissions/pendingPermissions.ts';
import type { ProposalPreview } from '../preview/proposalPreview.ts';

/** Where open questions are kept, and the places in which they are answered. */
export interface WaitingParts {
  readonly pending: PendingDecisions;
  readonly permissions: PendingPermissions;
  readonly preview: Pick<ProposalPreview, 'open'>;
  /** The diff of a change. */
  readonly changes: { open(change: EditRequest): Promise<void> };
  readonly showConversation: (id: string) => Promise<void>;
}

/**
 * Leads to where an open question is answered, code first: code in its preview, a change in its diff, a file
 * that may hold secrets on its card. Of several of a kind it is the newest.
 */
export async function openWaiting(parts: WaitingParts): Promise<void> {
  const code = parts.pending.list().at(-1);
  if (code !== undefined) return parts.preview.open(code.proposal, code.report, true);
  const request = parts.permissions.list().at(-1);
  if (request?.kind === 'edit') return parts.changes.open(request);
  if (request !== undefined) return parts.showConversation(request.threadId);
  await notify('information', vscode.l10n.t('Nothing waits for a decision.'));
}
