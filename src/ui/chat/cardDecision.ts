import type { Decision } from '../../core/decision.ts';
import type { CardDecision } from '../../protocol/toHost.ts';

/** What a click on a card means; `hash` is that of the code on the card when it was clicked. */
export function decisionOf(decision: CardDecision, hash: string): Decision {
  const run = { kind: 'run', hash, by: 'person' } as const;
  switch (decision.kind) {
    case 'run':
      return run;
    case 'runForConversation':
      return { ...run, forConversation: true };
    case 'runAnyway':
      return { ...run, inSpiteOfFindings: true };
    case 'edit':
      return { kind: 'edit', code: decision.code };
    case 'reject':
      return decision.reason === '' ? { kind: 'reject' } : { kind: 'reject', reason: decision.reason };
  }
}
