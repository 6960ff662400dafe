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
    assert.equal(await recordText('no-such-run', 'output'), '');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await until('the pages to close', () => (webviewTabs().length === 0 ? true : undefined));
    // It ends when the person has read the message; a page would be opened before the one that follows.
    void vscode.commands.executeCommand('glovebox.history.open', 'no-such-run');
    await vscode.commands.executeCommand('glovebox.history.open', runId);
    await until('the page of a run that is there', () => (webviewTabs().length > 0 ? true : undefined));
    assert.deepEqual(
      webviewTabs().map(({ label }) => label),
      ['history.py'],
    );
  });
});
