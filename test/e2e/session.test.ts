import assert from 'node:assert/strict';
import { runCode, say } from '../support/messages/script.ts';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshotInThemes } from '../support/workbench/screenshots.ts';

const key = 'sk-ant-api03-only-for-this-test';
const long = 'import time\nprint("counting", flush=True)\ntime.sleep(200)\n';

describe('a conversation that keeps its state, in the editor', () => {
  let messages: MessagesServer;
  let open: OpenEditor;

  before(async () => {
    messages = await startMessagesServer([
      runCode('I load it.', { code: 'total = 41\nprint("loaded")', purpose: 'Load the figures' }),
      say('Loaded.'),
      runCode('I add one.', { code: 'print("total is", total + 1)', purpose: 'Add one' }),
      say('It is 42.'),
      runCode('I count.', { code: long, purpose: 'Count for long' }),
      say('It was interrupted.'),
      runCode('I look.', { code: 'print("still", total)', purpose: 'Look again' }),
      say('Still 41.'),
      runCode('I look anew.', { code: 'print("total" in globals())', purpose: 'Look after the restart' }),
      say('It is gone.'),
    ]);
    open = await openEditor({
      settings: { 'glovebox.baseUrl': messages.url, 'glovebox.limits.timeoutSeconds': 300 },
      env: { ANTHROPIC_API_KEY: key },
    });
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  /** Asks, approves the one program that comes, and gives its card. */
  async function ask(text: string, count: number) {
    const { editor } = open;
    await editor.ask(text);
    const card = editor.byTestId('card').nth(count - 1);
    await card.getByTestId('run').click();
    return card;
  }

  it('finds the variables of the run before, interrupts without losing them, and restarts', async () => {
    const { editor } = open;
    await editor.openGlovebox();
    await editor.byTestId('keep-state').click();
    await editor.byTestId('session').waitFor();
    await (await ask('Load the figures.', 1)).getByTestId('stdout').getByText('loaded').waitFor();
    await editor.byTestId('message-assistant').filter({ hasText: 'Loaded.' }).waitFor();
    await (await ask('Add one.', 2)).getByTestId('stdout').getByText('total is 42').waitFor();
    await editor.byTestId('message-assistant').filter({ hasText: 'It is 42.' }).waitFor();
    await screenshotInThemes(open, '40-session');

    await (await ask('Count.', 3)).getByTestId('stdout').getByText('counting').waitFor();
    await editor.byTestId('interrupt-session').click();
    await editor.byTestId('message-assistant').filter({ hasText: 'It was interrupted.' }).waitFor();
    await (await ask('Look.', 4)).getByTestId('stdout').getByText('still 41').waitFor();
    await editor.byTestId('message-assistant').filter({ hasText: 'Still 41.' }).waitFor();

    await editor.command('Glovebox: Restart the Session of the Conversation');
    await (await ask('Look anew.', 5)).getByTestId('stdout').getByText('False').waitFor();
    await editor.byTestId('message-assistant').filter({ hasText: 'It is gone.' }).waitFor();
  });

  it('is named in the history', async () => {
    const { editor } = open;
    const row = editor.page.locator('.pane .monaco-list-row', { hasText: 'add-one' }).first();
    await row.click();
    const page = editor.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe#active-frame');
    await page.getByText('in a session that keeps its state').waitFor();
    assert.equal(messages.rejections.length, 0);
  });
});
