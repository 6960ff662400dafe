import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import assert from 'node:assert/strict';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('a workspace that nobody trusts', () => {
  let messages: MessagesServer;
  let open: OpenEditor;
  before(async () => {
    messages = await startMessagesServer([]);
    open = await openEditor({
      workspaceTrust: true,
      settings: { 'glovebox.baseUrl': messages.url },
      env: { ANTHROPIC_API_KEY: 'sk-ant-api03-from-the-environment' },
    });
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  it('gets neither code run nor the model asked, and the chat says why', async () => {
    const { editor } = open;
    await editor.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await editor.openGlovebox();
    await editor.byTestId('banner-manageTrust').waitFor();
    await screenshot(open, '50-untrusted');
    await editor.runFile('monthly_totals_svg.py');
    await editor.notification(/not trusted/).waitFor();
    await editor.ask('Show me the monthly totals.');
    await editor.byTestId('banner').filter({ hasText: /trust/ }).last().waitFor();
    assert.equal(messages.requests.length, 0);
  });
});
