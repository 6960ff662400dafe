import assert from 'node:assert/strict';
import { anyStory, storyRequests } from '../support/messages/stories.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

describe('what people ask for', () => {
  const model = editorWithModel(anyStory);

  /** Asks, approves the one proposal, and gives the card and the last answer. */
  async function askAndRun(request: string) {
    const { editor } = model.open;
    await model.newChat();
    await editor.ask(request);
    const card = editor.byTestId('card').last();
    await card.getByTestId('run').click();
    await card.getByTestId('metrics').filter({ hasText: 'exit 0' }).waitFor();
    return card;
  }

  it('sorts with a quicksort of its own and says how long it took', async () => {
    const card = await askAndRun(storyRequests.quicksort);
    assert.match(await card.getByTestId('stdout').innerText(), /\[1, 2, 3, 4, 5, 7, 8, 10\]/);
    const answer = model.open.editor.byTestId('message-assistant').filter({ hasText: 'microseconds' });
    await answer.waitFor();
    assert.match(await answer.innerText(), /\[1, 2, 3, 4, 5, 7, 8, 10\].*the same as/s);
    await screenshot(model.open, '10-quicksort');
  });

  it('compounds monthly deposits over five years', async () => {
    const card = await askAndRun(storyRequests.deposits);
    // 3000 × ((1 + 0.05/12)^60 − 1) / (0.05/12)
    const balance = (3000 * ((1 + 0.05 / 12) ** 60 - 1)) / (0.05 / 12);
    const words = balance.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    assert.ok((await card.getByTestId('stdout').innerText()).includes(`Balance: ${words}`));
    await model.open.editor.byTestId('message-assistant').filter({ hasText: words }).waitFor();
    await screenshot(model.open, '11-deposits');
  });

  it('was understood by the service in every request', () => {
    assert.deepEqual(model.messages.rejections, []);
    assert.equal(model.messages.requests.length, 4);
  });
});
