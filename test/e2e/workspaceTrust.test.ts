import assert from 'node:assert/strict';
import { say } from '../support/messages/script.ts';
import { editorWithModel } from '../support/workbench/editorWithModel.ts';
import { screenshot } from '../support/workbench/screenshots.ts';

describe('a workspace that nobody has vouched for', () => {
  const model = editorWithModel(() => say('Hello.'), {
    workspaceTrust: true,
    settings: {
      'security.workspace.trust.startupPrompt': 'never',
      'security.workspace.trust.untrustedFiles': 'open',
    },
  });

  it('is read and checked, but nothing of it runs', async () => {
    const { editor } = model.open;
    await editor.runFile('monthly_totals.py');
    await editor.notification(/not trusted/).waitFor();
    await screenshot(model.open, '40-untrusted');
    assert.equal(await editor.page.locator('.part.panel').filter({ hasText: 'status' }).count(), 0);
    await editor.command('Glovebox: Check File Without Running It');
    await editor.notification(/monthly_totals\.py:/).waitFor();
  });

  it('is not shown to the model, and the chat says why', async () => {
    const { editor } = model.open;
    await editor.openGlovebox();
    await editor.byTestId('banner-manageTrust').waitFor();
    await editor.ask('Show me the monthly totals.');
    await editor.byTestId('banner').filter({ hasText: /trust/ }).last().waitFor();
    assert.equal(model.messages.requests.length, 0);
  });

  it('says so in the history too, and works once it is trusted', async () => {
    const { editor } = model.open;
    await editor.page.getByText('Nothing runs in a workspace that is not trusted').waitFor();
    await screenshot(model.open, '41-untrusted-views');
    await editor.page.getByRole('button', { name: 'Manage Workspace Trust' }).first().click();
    await editor.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await editor.runFile('monthly_totals_svg.py');
    await editor.page.locator('.quick-input-widget').getByText('sales.csv').waitFor();
    await editor.page.keyboard.press('Enter');
    await editor.waitForOutput(/status\s+ok/);
  });
});
