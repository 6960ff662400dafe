import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { ourContainers, whenGone } from '../support/workbench/ourContainers.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('a window that goes away in the middle of a run', () => {
  let open: OpenEditor;

  before(async () => {
    open = await openEditor({ settings: { 'glovebox.limits.timeoutSeconds': 600 } });
    const code = 'import time\nprint("asleep", flush=True)\ntime.sleep(600)\n';
    await writeFile(path.join(open.workspace, 'sleep.py'), code);
  });
  after(() => open?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  /** Starts the program and gives the containers that came with it. */
  async function startRun(): Promise<ReadonlySet<string>> {
    const before = await ourContainers('all');
    await open.editor.runFile('sleep.py');
    await open.editor.waitForOutput('asleep');
    const during = new Set([...(await ourContainers('all'))].filter((id) => !before.has(id)));
    assert.ok(during.size > 0);
    return during;
  }

  it('leaves no container behind when it is closed', async () => {
    const containers = await startRun();
    await open.closeWindow();
    assert.deepEqual(await whenGone(containers, 20_000, 'all'), []);
  });

  it('shows afterwards that the run has no result', async () => {
    await open.reopen();
    await open.editor.openGlovebox();
    const row = open.editor.page.locator('.pane .monaco-list-row', { hasText: 'sleep.py' });
    // What the closed window left is told of once the history has been looked through.
    const ended = '[aria-label*="cancelled" i], [aria-label*="interrupted" i]';
    await row.and(open.editor.page.locator(ended)).waitFor();
    await screenshot(open, '30-after-closing');
  });

  it('leaves no container behind when the extension host is killed', async () => {
    const containers = await startRun();
    await open.killExtensionHost();
    const killedAt = performance.now();
    assert.deepEqual(await whenGone(containers, 20_000, 'alive'), []);
    console.log(`      nothing was alive ${Math.round(performance.now() - killedAt)} ms after it was killed`);
    // The host may have died between making a container and starting it: the next start takes that one.
    await open.reopen();
    await startRun();
    assert.deepEqual(await whenGone(containers, 20_000, 'all'), []);
  });
});
