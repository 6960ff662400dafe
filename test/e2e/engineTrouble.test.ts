import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureImage } from '../../src/executors/docker/images/ensureImage.ts';
import { requireEngine } from '../support/engine.ts';
import { PrivateEngine } from '../support/privateEngine.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sleeper = 'import time\nprint("asleep", flush=True)\ntime.sleep(600)\n';

describe('trouble with the container engine, said in the editor', () => {
  let engine: PrivateEngine | undefined;
  let open: OpenEditor | undefined;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
    await open?.close();
    await engine?.stop();
    open = engine = undefined;
  });

  it('an engine that stops in the middle of a run ends it with the reason; the next one works', async () => {
    const ours = await requireEngine();
    const { image } = await ensureImage(ours.docker, { root }, () => undefined, new AbortController().signal);
    engine = await PrivateEngine.start();
    await engine.load(ours.docker, image);
    ours.dispose();
    open = await openEditor({
      env: { DOCKER_HOST: engine.host },
      settings: { 'glovebox.sandbox': 'docker', 'glovebox.limits.timeoutSeconds': 600 },
    });
    await writeFile(path.join(open.workspace, 'sleep.py'), sleeper);
    await writeFile(path.join(open.workspace, 'short.py'), 'print("back", 6 * 7)\n');
    await open.editor.runFile('sleep.py');
    await open.editor.waitForOutput('asleep');
    await engine.kill();
    await open.editor.waitForOutput(/status\s+(killed|unavailable)/);
    await open.editor.waitForOutput(/engine/i);
    await screenshot(open, '70-engine-stopped');
    await open.editor.runFile('short.py');
    await open.editor.notification(/engine|docker/i).waitFor();
    await engine.restart();
    await open.editor.runFile('short.py');
    await open.editor.waitForOutput('back 42');
  });

  it('an image that cannot be built says which package is to blame and which setting', async () => {
    open = await openEditor({
      settings: {
        'glovebox.sandbox': 'docker',
        'glovebox.docker.packages': ['glovebox-no-such-package-1'],
      },
    });
    await writeFile(path.join(open.workspace, 'short.py'), 'print(6 * 7)\n');
    await open.editor.runFile('short.py');
    await open.editor.notification(/glovebox-no-such-package-1.*glovebox\.docker\.packages/).waitFor();
    await screenshot(open, '71-image-fails');
    await open.editor.command('Glovebox: Show Log');
    // The lines of the build, which the notification has no room for.
    await open.editor.waitForOutput(/No\smatching\sdistribution\sfound\sfor\sglovebox-no-such-package-1/);
  });
});
