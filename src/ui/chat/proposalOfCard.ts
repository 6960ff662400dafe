import { languages } from '../../core/language.ts';
import type { Proposal } from '../../core/proposal.ts';
import type { EntryOf } from '../../protocol/chatState.ts';

/** A proposal of an earlier session, as far as its card tells; it can be looked at, never run. */
export function proposalOfCard(card: EntryOf<'card'>): Proposal {
  return {
    id: card.id,
    origin: 'agent',
    language: languages.find((language) => language === card.language) ?? 'python',
    code: card.code,
    purpose: card.purpose,
    title: card.title,
    files: [],
    // Nothing runs on it any more, so the kind decides nothing.
    sandbox: 'wasm',
    hash: card.hash,
  };
}
