import { isDeepStrictEqual } from 'node:util';
import type { Report } from '../../core/finding.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { Card } from '../../protocol/card.ts';
import type { Entry } from '../../protocol/chatState.ts';
import { editingCard, waitingCard } from './cardOf.ts';

/**
 * The card of a proposal that is asked about with this report; undefined where it waits so already. What its
 * card said before does not count: an answer that was never kept is asked for again, and so is one that was
 * given before these findings were known.
 */
export function cardOfQuestion(
  entries: readonly Entry[],
  proposal: Proposal,
  report: Report,
): Card | undefined {
  const known = cardOf(entries, proposal);
  const isEditing = known?.status === 'waiting' && known.editing === true;
  const asked = editingCard(waitingCard(proposal, report), isEditing);
  return isDeepStrictEqual(known, asked) ? undefined : asked;
}

/**
 * Whether the agent tells of a proposal that has a card. It does so at each pass through its tool, also after the
 * decision, and of another report as well: where that needs an answer, a question is opened.
 */
export function isToldAgain(entries: readonly Entry[], proposal: Proposal): boolean {
  const known = cardOf(entries, proposal);
  return known !== undefined && known.status !== 'lapsed' && known.status !== 'drafting';
}

function cardOf(entries: readonly Entry[], { id, hash }: Proposal): Card | undefined {
  return entries.find(
    (entry): entry is Card => entry.kind === 'card' && entry.id === id && entry.hash === hash,
  );
}
