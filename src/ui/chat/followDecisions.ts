import { DisposableList, type Disposable } from '../../core/lifecycle.ts';
import { editingCard } from './cardOf.ts';
import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';

/** Tells each conversation what becomes of the questions about its proposals, wherever they are answered. */
export function followDecisions(
  { pending, edits }: Pick<ChatParts, 'pending' | 'edits'>,
  opened: (threadId: string) => Conversation | undefined,
): Disposable {
  const of = (threadId: string | undefined): Conversation | undefined =>
    threadId === undefined ? undefined : opened(threadId);
  const owned = new DisposableList();
  owned.push(pending.onDidOpen(({ proposal, report }) => of(proposal.threadId)?.waiting(proposal, report)));
  owned.push(
    pending.onDidClose(({ pending: { proposal }, decision }) =>
      of(proposal.threadId)?.receive({ kind: 'decided', proposalId: proposal.id, decision }),
    ),
  );
  owned.push(
    edits.onDidChange(({ proposal, changed }) =>
      of(proposal.threadId)?.changeCard(proposal.id, (card) => editingCard(card, changed)),
    ),
  );
  return owned;
}
