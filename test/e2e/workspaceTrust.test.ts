import assert from 'node:assert/strict';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

describe('a workspace that nobody has vouched for', () => {
  let open: OpenEditor;

  before(async () => {
    open = await openEditor({
      workspaceTrust: true,
      settings: {
        'security.workspace.trust.startupPrompt': 'never',
        'security.workspace.trust.untrustedFiles': 'open',
      },
    });
  });
  after(() => open?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') {
      await screenshot(open, `failed-${this.currentTest.title.replaceAll(/\W+/g, '-')}`);
    }
  });

  it('is read and checked, but nothing of it runs', async () => {
    const { editor } = open;
    await editor.runFile('monthly_totals.py');
    const refusal = editor.notification(/not trusted/);
    await refusal.waitFor();
    await screenshot(open, '40-untrusted');
    assert.equal(await editor.page.locator('.part.panel').filter({ hasText: 'status' }).count(), 0);
    await editor.command('Glovebox: Check File Without Running It');
    await editor.notification(/monthly_totals\.py:/).waitFor();
  });

  it('says so in the chat and the history, and works once it is trusted', async () => {
    const { editor } = open;
    await editor.openGlovebox();
    await editor.page.getByText('Nothing runs in a workspace that is not trusted').waitFor();
    await screenshot(open, '41-untrusted-views');
    await editor.page.getByRole('button', { name: 'Manage Workspace Trust' }).first().click();
    await editor.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await editor.runFile('monthly_totals_svg.py');
    await editor.page.locator('.quick-input-widget').getByText('sales.csv').waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.waitForOutput(/status\s+ok/);
  });
});
