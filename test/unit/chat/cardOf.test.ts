import assert from 'node:assert/strict';
import { decidedCard, runningCard, waitingCard } from '../../../src/ui/chat/cardOf.ts';
import { OutputCleaner } from '../../../src/ui/chat/outputCleaner.ts';
import { clean, proposalOf, resultOf } from '../../page/support/samples.ts';

describe('the card of code that a person edited', () => {
  it('says so while it waits and ever after', () => {
    const waiting = waitingCard(proposalOf('c', { editedFrom: 'print(0)' }), clean);
    const decided = decidedCard(waiting, { kind: 'run', hash: waiting.hash, by: 'person' });
    const card = runningCard(decided, { kind: 'finished', result: resultOf() }, new OutputCleaner(() => []));
    assert.deepEqual([waiting.edited, card.edited, card.approval], [true, true, 'person']);
    assert.equal(waitingCard(proposalOf('c'), clean).edited, undefined);
  });
});

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
