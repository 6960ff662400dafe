import assert from 'node:assert/strict';
import { longestRequest, tooLong } from '../../src/protocol/limits.ts';
import { becomes } from './support/becomes.ts';
import { chatForEach } from './support/chatForEach.ts';
import { talkIn } from './support/conversing.ts';

const long = 'x'.repeat(longestRequest + 1);

describe('a request that is too long', () => {
  const chat = chatForEach();

  it('stays in the composer, and the reason is said', async () => {
    const { page, agent } = chat.open;
    const field = page.getByTestId('composer');
    await field.fill(long);
    await field.press('Enter');
    await page.getByTestId('composer-note').filter({ hasText: tooLong }).waitFor();
    await becomes(async () => (await field.inputValue()).length, long.length);
    assert.deepEqual(agent.requests, []);
  });

  it('stays in the form of an earlier one, and the reason is said', async () => {
    const { page, agent, did } = chat.open;
    await talkIn(chat.open, 'one');
    await page.getByTestId('edit-request').click();
    const field = page.getByTestId('edit-request-text');
    await field.fill(long);
    await field.press('Enter');
    await page.getByText(tooLong).waitFor();
    assert.deepEqual([agent.requests.length, did], [1, []]);
  });
});
