import assert from 'node:assert/strict';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot, screenshotInThemes } from '../support/workbench/screenshots.ts';

const nowhere = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };

describe('a machine without Docker', () => {
  let open: OpenEditor | undefined;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
    await open?.close();
    open = undefined;
  });

  it('runs code in the embedded sandbox and says that it did', async () => {
    open = await openEditor({ env: nowhere });
    await open.editor.openFile('monthly_totals_svg.py');
    await open.editor.command('Glovebox: Run File in Sandbox');
    // The code names a file of the workspace; the person lets the sandbox have it.
    await open.editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'sales.csv' }).waitFor();
    await open.editor.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    await open.editor.waitForOutput(/sandbox\s+wasm/);
    await open.editor.waitForOutput(/status\s+ok/);
    await open.editor.page
      .locator('.statusbar-item [aria-label*="wasm"][aria-label*="there is no Docker here"]')
      .waitFor();
    await screenshot(open, '40-without-docker');
  });

  it('attacks the embedded sandbox on request and shows what held', async () => {
    open = await openEditor({ env: nowhere });
    await open.editor.command('Glovebox: Test the Sandbox');
    const page = open.editor.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
    await page.getByRole('heading', { name: /Self-test: embedded/ }).waitFor({ timeout: 120_000 });
    const table = await page.getByRole('table').innerText();
    assert.match(table, /host files\s+proved here/);
    assert.match(table, /system calls\s+not given/);
    assert.doesNotMatch(table, /FAILED/);
    await screenshotInThemes(open, '42-self-test');
  });

  it('says what is missing and what to do where only Docker may be used', async () => {
    open = await openEditor({ env: nowhere, settings: { 'glovebox.sandbox': 'docker' } });
    await open.editor.openGlovebox();
    const banner = open.editor.byTestId('banner').filter({ has: open.editor.byTestId('banner-fixSandbox') });
    await banner.waitFor();
    assert.match(await banner.innerText(), /docker/i);
    await open.editor.openFile('monthly_totals_svg.py');
    await open.editor.command('Glovebox: Run File in Sandbox');
    await open.editor.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    await open.editor.notification(/DOCKER_HOST/).waitFor();
    await screenshot(open, '41-docker-only');
    await open.editor.byTestId('banner-useEmbedded').click();
    await banner.waitFor({ state: 'detached' });
    await open.editor.byTestId('composer-info').filter({ hasText: 'wasm' }).waitFor();
  });
});
