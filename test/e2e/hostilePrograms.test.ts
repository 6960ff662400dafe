import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { guarded } from '../support/guarded.ts';
import { openEditor, type OpenEditor } from '../support/workbench/openEditor.ts';
import { failureScreenshot, screenshot } from '../support/workbench/screenshots.ts';

describe('programs that take too much or give what they should not', () => {
  let open: OpenEditor;

  before(async () => {
    open = await openEditor({ settings: { 'glovebox.limits.timeoutSeconds': 20 } });
  });
  after(() => open?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await failureScreenshot(open, this.currentTest.title);
  });

  /** Runs a file as a person would, who insists where the validator blocks it, until its end is shown. */
  async function run(name: string, code: string, status: RegExp): Promise<string> {
    const { editor } = open;
    await writeFile(path.join(open.workspace, name), code);
    await editor.runFile(name);
    const begun = editor.page.locator('.part.panel .view-line').filter({ hasText: name }).first();
    const insist = editor.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Run Anyway' });
    await begun.or(insist).first().waitFor();
    if (await insist.isVisible()) await insist.click();
    // The block of figures comes under a line with the name; one of an earlier run may still be in sight.
    await editor.waitForOutput(`─── ${name}`);
    await editor.waitForOutput(status);
    return editor.outputText();
  }

  it('4 GB of memory end as out of memory, with the limit named', async () => {
    await run('hungry.py', 'text = "a" * (4 << 30)\nprint(len(text))\n', /status\s+oom/);
    await open.editor.notification(/hungry\.py.*memory/).waitFor();
    await screenshot(open, '60-memory');
  });

  it('a fork bomb meets the limit of processes', async () => {
    const bomb = `import time
children = 0
try:
    while children < 500:
        if _os.fork() == 0:
            time.sleep(15)
            _os._exit(0)
        children += 1
except OSError as error:
    print("stopped by", _errno.errorcode[error.errno], "below", 100 if children < 100 else 500)
`;
    await run('bomb.py', guarded(bomb), /status\s+ok/);
    await open.editor.waitForOutput('stopped by EAGAIN below 100');
  });

  it('100 MB of output end early and leave the editor quick', async () => {
    const flood = 'import sys\nfor _ in range(1600):\n    sys.stdout.write("x" * 65535 + "\\n")\n';
    await run('flood.py', flood, /status\s+output-limit/);
    await open.editor.notification(/flood\.py/).waitFor();
    await screenshot(open, '61-flood');
    const rows = open.editor.page.locator('.pane .monaco-list-row', { hasText: 'flood.py' });
    await open.editor.openGlovebox();
    await rows.first().waitFor();
  });

  it('binary output and control characters are shown, not obeyed', async () => {
    const binary =
      'import sys\nsys.stdout.buffer.write(bytes(range(256)) + b"\\x1b[2J\\x1b]0;owned\\x07")\nprint()\nprint("after")\n';
    await run('binary.py', binary, /status\s+ok/);
    await open.editor.waitForOutput('after');
    await screenshot(open, '62-binary');
    assert.ok(!(await open.editor.page.title()).includes('owned'));
  });

  it('names of files make no links of notifications', async () => {
    const { editor } = open;
    const link = (label: string): string => `[${label}](command:workbench.action.files.newUntitledFile)`;
    const code = `open("outputs/${link('result.csv')}", "w").write("x")\n`;
    await run('links.py', code, /status\s+ok/);
    const wrote = editor.notification(/links\.py wrote/);
    await wrote.waitFor();
    const words = wrote.locator('.notification-list-item-message');
    assert.equal(await words.locator('a').count(), 0);
    assert.match(await words.innerText(), /wrote \[result\.csv\] \(command:workbench/);
    const name = `${link('sales')}.py`;
    await writeFile(path.join(open.workspace, name), 'print(1)\n');
    await editor.openFile(name);
    await editor.command('Glovebox: Check File Without Running It');
    const checked = editor.notification(/The validator found nothing/);
    await checked.waitFor();
    assert.equal(await checked.locator('.notification-list-item-message a').count(), 0);
    await screenshot(open, '64-links');
  });

  it('a file name that leads out of the outputs folder comes back as no file', async () => {
    const escape = `import os
os.makedirs("outputs", exist_ok=True)
for name in ("outputs/../../../../tmp/escaped.txt", "../escaped.txt"):
    try:
        with open(name, "w") as file:
            file.write("out")
        print("wrote", name)
    except OSError as error:
        print("no:", error.strerror)
with open("outputs/kept.txt", "w") as file:
    file.write("kept")
`;
    await run('dots.py', escape, /status\s+ok/);
    const text = await open.editor.outputText();
    assert.ok(text.includes('kept.txt'), text);
    assert.ok(!/files?.*escaped\.txt/.test(text), text);
    await screenshot(open, '63-dots');
  });
});
