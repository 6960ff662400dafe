import assert from 'node:assert/strict';
import { extendTail, tailLength } from '../../../src/protocol/change.ts';
import { decidedCard, editingCard, runningCard, waitingCard } from '../../../src/ui/chat/cardOf.ts';
import { restored } from '../../../src/ui/chat/lapsed.ts';
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

describe('the card of code of which a changed copy is open', () => {
  it('says so, and does not when its window was closed', () => {
    const editing = editingCard(waitingCard(proposalOf('c'), clean), true);
    const again = restored(editing);
    assert.equal(editing.editing, true);
    assert.equal('editing' in again, false);
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

describe('the card of a run that wrote a lot', () => {
  const waiting = waitingCard(proposalOf('c'), clean);
  const lines = Array.from({ length: 5000 }, (_, line) => `row ${line}\n`).join('');
  const stdout = `key sk-ant-api03-abcdefghijklmnop\n${lines}THE END\n`;
  const path = '/home/me/artifacts/r/stdout.txt';
  const result = { ...resultOf({ stdout }), fullOutput: [{ stream: 'stdout' as const, path }] };
  const ended = (card: typeof waiting) =>
    runningCard(card, { kind: 'finished', result }, new OutputCleaner(() => []));

  for (const [how, before] of [
    ['as it came', extendTail(waiting.stdout, { text: lines, dropped: 0 })],
    ['at its end', waiting.stdout],
  ] as const)
    it(`has its beginning, its end and what is missing between (shown ${how})`, () => {
      const card = ended({ ...waiting, stdout: before });
      assert.match(
        card.stdout.text,
        /^key \[secret removed\]\nrow 0\n[^]*\n… [\d,]+ characters are not shown here …\n[^]*row 4999\nTHE END\n$/,
      );
      assert.equal(card.stdout.dropped, 0);
      assert.ok(card.stdout.text.length < tailLength);
    });

  it('can open all of it, and the page is told no path', () => {
    assert.deepEqual(ended(waiting).outcome?.fullOutput, ['stdout']);
    assert.ok(!JSON.stringify(ended(waiting)).includes(path));
  });
});
