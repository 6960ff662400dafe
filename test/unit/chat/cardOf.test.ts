import assert from 'node:assert/strict';
import { decidedCard, runningCard, waitingCard } from '../../../src/ui/chat/cardOf.ts';
import { OutputCleaner } from '../../../src/ui/chat/outputCleaner.ts';
import { clean, proposalOf, resultOf } from '../../page/support/samples.ts';

describe('the card of code that the sandbox can’t run', () => {
  const message = 'The sandbox runs Python, not shell.';
  const waiting = waitingCard(proposalOf('c'), clean);
  const result = resultOf({ status: 'unavailable', message });

  it('ends with the reason, and nobody has approved or rejected it', () => {
    const decided = decidedCard(waiting, { kind: 'unsuited', reason: message });
    const card = runningCard(decided, { kind: 'finished', result }, new OutputCleaner(() => []));
    assert.deepEqual(
      [card.status, card.outcome?.status, card.outcome?.message, card.approval, card.reason],
      ['ended', 'unavailable', message, undefined, undefined],
    );
  });
});
