import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, recordText, runCommand, until } from './extension.ts';

const webviewTabs = (): readonly vscode.Tab[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('glovebox.run'),
    );

describe('the history in the editor', () => {
  let runId = '';

  before(async () => {
    await openFile('history.py', 'print("kept")\n');
    runId = await runCommand('glovebox.runFile');
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens a run once, however often it is asked', async () => {
    await vscode.commands.executeCommand('glovebox.history.open', runId);
    await vscode.commands.executeCommand('glovebox.history.open', runId);
    await until('the page', () => (webviewTabs().length === 1 ? true : undefined));
    assert.equal(webviewTabs()[0]?.label, 'history.py');
  });

  it('opens the code as it was, although the file has changed', async () => {
    await openFile('history.py', 'print("changed")\n');
    await vscode.commands.executeCommand('glovebox.history.openCode', runId);
    const shown = vscode.window.activeTextEditor?.document;
    assert.equal(shown?.getText(), 'print("kept")\n');
    assert.equal(shown?.languageId, 'python');
  });

  it('runs it again as a run of its own', async () => {
    const again = await runCommand('glovebox.history.rerun', runId);
    assert.notEqual(again, runId);
    assert.match(await recordText(again, 'output'), /^kept\n/);
  });

  it('compares two runs side by side', async () => {
    const other = await runCommand('glovebox.runFile');
    await vscode.commands.executeCommand('glovebox.history.compare', { runId }, [
      { runId },
      { runId: other },
    ]);
    await until('the comparison', () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).some(({ label }) => label.includes('↔'))
        ? true
        : undefined,
    );
  });

  it('says so when a run is gone, and opens nothing', async () => {
    const before = webviewTabs().length;
    void vscode.commands.executeCommand('glovebox.history.open', 'no-such-run');
    assert.equal(await recordText('no-such-run', 'output'), '');
    assert.equal(webviewTabs().length, before);
  });
});
