import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { talkIn } from './support/conversing.ts';
import { clean, proposalOf } from './support/samples.ts';

describe('what is half written on a card', () => {
  const chat = chatForEach();

  for (const [button, field, words] of [
    ['edit', 'edit-code', 'print("mine")'],
    ['reject-why', 'reject-reason', 'use the other column'],
  ] as const) {
    it(`is there again after the page was away (${button})`, async () => {
      const answering = await chat.ask('List');
      const proposal = proposalOf(answering.request.threadId);
      void chat.open.pending.decide(proposal, clean, answering.signal);
      const { page } = chat.open;
      await page.getByTestId(button).click();
      await page.getByTestId(field).fill(words);
      await page.getByTestId('composer').fill('and a thought');
      await page.reload();
      await becomes(() => page.getByTestId(field).inputValue(), words);
      await becomes(() => page.getByTestId('composer').inputValue(), 'and a thought');
      await page.getByTestId(field).press('Escape');
      await page.getByTestId('run').waitFor();
      await page.reload();
      await page.getByTestId('run').waitFor();
      answering.end();
    });
  }

  it('belongs to the code that it was written about, and ends with the decision', async () => {
    const answering = await chat.ask('List');
    const { page, pending } = chat.open;
    const proposal = proposalOf(answering.request.threadId);
    const deciding = pending.decide(proposal, clean, answering.signal);
    await page.getByTestId('edit').click();
    await page.getByTestId('edit-code').fill('print(1)');
    await page.getByTestId('edit-save').click();
    assert.deepEqual(await deciding, { kind: 'edit', code: 'print(1)' });
    const again = proposalOf(answering.request.threadId, { code: 'print(1)', previousCode: proposal.code });
    void pending.decide(again, clean, answering.signal);
    await page.getByTestId('code').filter({ hasText: 'print(1)' }).waitFor();
    await page.reload();
    await page.getByTestId('run').click();
    await page.getByTestId('run').waitFor({ state: 'detached' });
    await becomes(() => page.evaluate("JSON.parse(sessionStorage.getItem('draft')).forms['p1']"), undefined);
    answering.end();
  });

  it('is there again in a request that is being changed, with what sending it would drop', async () => {
    const { page } = chat.open;
    const field = page.getByTestId('edit-request-text');
    await talkIn(chat.open, 'one');
    await talkIn(chat.open, 'two');
    await page.getByTestId('edit-request').first().click();
    await field.fill('one, in other words');
    await page.reload();
    await becomes(() => field.inputValue(), 'one, in other words');
    await becomes(
      () => page.getByTestId('edit-request-send').innerText(),
      'Send, and drop the 1 request after it',
    );
    await field.press('Escape');
    await page.reload();
    await page.getByTestId('edit-request').first().waitFor();
    await becomes(() => field.count(), 0);
  });

  it('is not sent by the Enter that ends the writing of a character', async () => {
    const answering = await chat.ask('List');
    const { page, pending } = chat.open;
    void pending.decide(proposalOf(answering.request.threadId), clean, answering.signal);
    await page.getByTestId('reject-why').click();
    const field = page.getByTestId('reject-reason');
    await field.fill('に');
    await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
    // What the page says goes its way in order: this comes behind a rejection, if there was one.
    await page.getByTestId('attach').click();
    await page.getByTestId('attachment').waitFor();
    assert.equal(pending.list().length, 1);
    answering.end();
  });
});
