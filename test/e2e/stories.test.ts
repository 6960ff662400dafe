import assert from 'node:assert/strict';
import { anyStory, storyRequests } from '../support/messages/stories.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('what people ask for', () => {
  let messages: MessagesServer;
  let open: OpenEditor;

  before(async () => {
    messages = await startMessagesServer(anyStory);
    open = await openEditor({
      settings: { 'glovebox.baseUrl': messages.url },
      env: { ANTHROPIC_API_KEY: 'sk-ant-api03-from-the-environment' },
    });
    await open.editor.openGlovebox();
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  /** Asks, approves the one proposal, and gives the card and the last answer. */
  async function askAndRun(request: string) {
    const { editor } = open;
    if ((await editor.byTestId('message-user').count()) > 0) {
      await editor.command('Glovebox: New Conversation');
      await editor.byTestId('welcome').waitFor();
    }
    await editor.ask(request);
    const card = editor.byTestId('card').last();
    await card.getByTestId('run').click();
    await card.getByTestId('metrics').filter({ hasText: 'exit 0' }).waitFor();
    return card;
  }

  it('sorts with a quicksort of its own and says how long it took', async () => {
    const card = await askAndRun(storyRequests.quicksort);
    assert.match(await card.getByTestId('stdout').innerText(), /\[1, 2, 3, 4, 5, 7, 8, 10\]/);
    const answer = open.editor.byTestId('message-assistant').filter({ hasText: 'microseconds' });
    await answer.waitFor();
    assert.match(await answer.innerText(), /\[1, 2, 3, 4, 5, 7, 8, 10\].*the same as/s);
    await screenshot(open, '10-quicksort');
  });

  it('compounds monthly deposits over five years', async () => {
    const card = await askAndRun(storyRequests.deposits);
    // 3000 × ((1 + 0.05/12)^60 − 1) / (0.05/12)
    const balance = (3000 * ((1 + 0.05 / 12) ** 60 - 1)) / (0.05 / 12);
    const words = balance.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    assert.ok((await card.getByTestId('stdout').innerText()).includes(`Balance: ${words}`));
    await open.editor.byTestId('message-assistant').filter({ hasText: words }).waitFor();
    await screenshot(open, '11-deposits');
  });

  it('was understood by the service in every request', () => {
    assert.deepEqual(messages.rejections, []);
    assert.equal(messages.requests.length, 4);
  });
});
