import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startMessagesServer, type MessagesServer } from '../support/messages/startMessagesServer.ts';
import { say } from '../support/messages/script.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('what goes wrong, said where the person is', () => {
  let messages: MessagesServer;
  let open: OpenEditor;

  before(async () => {
    messages = await startMessagesServer(() => say('Hello.'), { apiKey: 'sk-ant-api03-the-right-one' });
    open = await openEditor({
      settings: { 'glovebox.baseUrl': messages.url, 'glovebox.limits.timeoutSeconds': 2 },
      env: { ANTHROPIC_API_KEY: 'sk-ant-api03-the-wrong-one' },
    });
    await open.editor.openGlovebox();
  });
  after(async () => {
    await open?.close();
    await messages?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await failureScreenshot(open, this.currentTest.title);
    }
  });

  const write = (name: string, code: string) => writeFile(path.join(open.workspace, name), code);

  it('says that the key is wrong and goes on when it is right', async () => {
    const { editor } = open;
    await editor.ask('Hello?');
    const banner = editor.byTestId('banner').filter({ hasText: /key/i });
    await banner.waitFor();
    assert.equal(await banner.getAttribute('data-code'), 'bad-key');
    await screenshot(open, '20-wrong-key');
    await banner.getByTestId('banner-setKey').click();
    const input = editor.page.locator('.quick-input-widget .quick-input-box input');
    await input.fill('sk-ant-api03-the-right-one');
    await editor.page.keyboard.press('Enter');
    // The request is sent again by itself.
    await editor.byTestId('message-assistant').filter({ hasText: 'Hello.' }).waitFor();
  });

  it('ends an endless loop at the time limit and says so', async () => {
    await write('loop.py', 'import time\n\nwhile time.time() > 0:\n    pass\n');
    await open.editor.runFile('loop.py');
    await open.editor.waitForOutput(/status\s+timeout/);
    await open.editor.notification(/loop\.py/).waitFor();
    await screenshot(open, '21-timeout');
  });

  it('does not run what the validator blocks unless the person insists', async () => {
    await write('wipe.py', 'import os\n\nos.system("rm -rf /")\n');
    await open.editor.runFile('wipe.py');
    const dialog = open.editor.page.locator('.monaco-dialog-box');
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /os\.system/);
    await screenshot(open, '22-blocked-file');
    await open.editor.page.keyboard.press('Escape');
    await open.editor.waitForOutput(/Rejected\.\sThe\svalidator\sblocked\swipe\.py/);
  });
});
