import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('a history that can not be opened', () => {
  let open: OpenEditor | undefined;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
    await open?.close();
  });

  it('says so in its view, with what to do, and not that nothing was run yet', async () => {
    open = await openEditor();
    await mkdir(path.join(open.storage, 'history.db'), { recursive: true });
    await open.editor.openGlovebox();
    const { page } = open.editor;
    await page.getByText(/history .* can't be opened .* Check that the folder can be written/).waitFor();
    assert.equal(await page.getByText('Nothing was run yet').count(), 0);
    await screenshot(open, '43-broken-history');
  });
});
