import assert from 'node:assert/strict';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { clean, proposalOf, resultOf } from './support/samples.ts';

describe('runs that a person ended, on the chat page', () => {
  const chat = chatForEach();

  it('are no failure where they were interrupted', async () => {
    const answering = await chat.ask('Loop');
    answering.emit({ kind: 'proposed', proposal: proposalOf(answering.request.threadId), report: clean });
    const result = resultOf({ status: 'error', exitCode: 130, interrupted: true });
    answering.emit({ kind: 'ran', proposalId: 'p1', result });
    const status = chat.open.page.getByTestId('status').filter({ hasText: /^Interrupted/ });
    await status.waitFor();
    await becomes(() => status.getAttribute('class'), 'badge quiet');
    answering.end();
  });

  it('say once that they were cancelled', async () => {
    const answering = await chat.ask('Loop');
    answering.emit({ kind: 'proposed', proposal: proposalOf(answering.request.threadId), report: clean });
    const result = resultOf({ status: 'cancelled', exitCode: null, message: 'Cancelled.' });
    answering.emit({ kind: 'ran', proposalId: 'p1', result });
    await chat.open.page.getByTestId('metrics').waitFor();
    const text = (await chat.open.page.getByTestId('card').innerText()).toLowerCase();
    assert.equal(text.split('cancelled').length - 1, 1, text);
    answering.end();
  });
});
