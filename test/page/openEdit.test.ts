import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { browserForSuite } from './support/browserForSuite.ts';
import { askIn } from './support/chatForEach.ts';
import { openChat } from './support/openChat.ts';
import { clean, proposalOf } from './support/samples.ts';

describe('a proposal that is being edited in the editor', () => {
  const browser = browserForSuite();

  /** A card that waits, with a changed copy beside it. */
  async function edited(runsAsProposed: boolean) {
    const open = await openChat(browser(), { runsAsProposed });
    const answering = await askIn(open, 'List');
    const proposal = proposalOf(answering.request.threadId);
    const deciding = open.pending.decide(proposal, clean, answering.signal);
    await open.page.getByTestId('run').waitFor();
    await becomes(() => open.page.getByTestId('editing').count(), 0);
    open.edits.fire({ proposal, changed: true });
    await open.page.getByTestId('editing').filter({ hasText: 'editing this in the editor' }).waitFor();
    return { open, proposal, deciding };
  }

  it('says so for as long as it is so, and runs where that is meant', async () => {
    const { open, proposal, deciding } = await edited(true);
    open.edits.fire({ proposal, changed: false });
    await open.page.getByTestId('editing').waitFor({ state: 'detached' });
    open.edits.fire({ proposal, changed: true });
    await open.page.getByTestId('editing').waitFor();
    await open.page.getByTestId('run').click();
    assert.equal((await deciding).kind, 'run');
    assert.deepEqual(open.did, ['runsAsProposed p1']);
    await open.page.getByTestId('editing').waitFor({ state: 'detached' });
    await open.close();
  });

  it('is not run where the edit is meant', async () => {
    const { open } = await edited(false);
    await open.page.getByTestId('run-for-conversation').click();
    await becomes(() => open.did, ['runsAsProposed p1']);
    assert.equal(open.pending.list().length, 1);
    await open.page.getByTestId('reject').click();
    await becomes(() => open.pending.list().length, 0);
    assert.deepEqual(open.did, ['runsAsProposed p1'], 'a rejection needs no such question');
    await open.close();
  });
});
