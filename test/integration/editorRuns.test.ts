import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, recordText, runCommand, until, withSetting } from './extension.ts';

/** Presses Enter in the question about files until the run has gone on. */
async function acceptingFiles(run: Promise<string>): Promise<string> {
  let ended = false;
  const done = run.finally(() => (ended = true));
  while (!ended) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return done;
}

describe('running code of an editor', () => {
  it('runs the selected lines, and those alone', async () => {
    const editor = await openFile('lines.py', 'print("one")\nprint("two")\nprint("three")\n');
    editor.selection = new vscode.Selection(1, 0, 1, 12);
    const runId = await runCommand('glovebox.runSelection');
    assert.equal(await recordText(runId, 'code'), 'print("two")');
    const output = await recordText(runId, 'output');
    assert.match(output, /^two\n/);
    assert.match(output, /status {7}ok \(exit code 0\)/);
    assert.match(output, /sandbox {6}docker/);
  });

  it('shows the last value of a selection', async () => {
    const editor = await openFile('value.py', 'x = 6\nx * 7\n');
    editor.selection = new vscode.Selection(0, 0, 2, 0);
    assert.match(await recordText(await runCommand('glovebox.runSelection'), 'output'), /Out: 42/);
  });

  it('hands over the files that the code names, once the person has agreed', async () => {
    await openFile('count.py', 'print(len(open("sales.csv").readlines()) > 100)\n');
    const first = await acceptingFiles(runCommand('glovebox.runFile'));
    assert.match(await recordText(first, 'output'), /^True\n/);
    // Agreed to already: nothing is asked, so this ends by itself.
    assert.match(await recordText(await runCommand('glovebox.runFile'), 'output'), /^True\n/);
  });

  it('tells a failing program, its exit code and its traceback', async () => {
    await openFile('fails.py', 'import sys\nprint("so far")\nsys.exit(3)\n');
    assert.match(await recordText(await runCommand('glovebox.runFile'), 'output'), /error \(exit code 3\)/);
    await openFile('raises.py', '{}["absent"]\n');
    assert.match(await recordText(await runCommand('glovebox.runFile'), 'output'), /KeyError: 'absent'/);
  });

  it('ends a run at the time limit of the settings', async () => {
    await openFile('sleeps.py', 'import time\nprint("before", flush=True)\ntime.sleep(60)\n');
    const runId = await withSetting('limits.timeoutSeconds', 1, () => runCommand('glovebox.runFile'));
    const output = await recordText(runId, 'output');
    assert.match(output, /^before\n/);
    assert.match(output, /status {7}timeout/);
  });

  it('stops what runs', async () => {
    await openFile('waits.py', 'import time\ntime.sleep(25)\n');
    const running = runCommand('glovebox.runFile');
    // Stopping does nothing before the run is under way, and nobody outside can see when that is.
    const stopping = setInterval(() => void vscode.commands.executeCommand('glovebox.stop'), 500);
    const runId = await running.finally(() => clearInterval(stopping));
    assert.match(await recordText(runId, 'output'), /status {7}cancelled/);
  });

  it('asks the validator what the settings say', async () => {
    const { document } = await openFile('denied.py', 'import json\nprint(json.dumps([1]))\n');
    const findings = () =>
      vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Glovebox').length;
    await vscode.commands.executeCommand('glovebox.checkFile');
    assert.equal(findings(), 0);
    await withSetting('validator.deniedModules', ['json'], async () => {
      await vscode.commands.executeCommand('glovebox.checkFile');
    });
    assert.ok(findings() > 0);
  });

  it('says what is wrong with a file and marks the place, without running it', async () => {
    const { document } = await openFile('broken.py', 'print("a" b)\n');
    await vscode.commands.executeCommand('glovebox.checkFile');
    const problems = await until('a problem', () => {
      const found = vscode.languages
        .getDiagnostics(document.uri)
        .filter(({ source }) => source === 'Glovebox');
      return found.length > 0 ? found : undefined;
    });
    assert.equal(problems[0]?.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problems[0]?.range.start.line, 0);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '# ');
    await vscode.workspace.applyEdit(edit);
    await until('the problem to go', () =>
      vscode.languages.getDiagnostics(document.uri).length === 0 ? true : undefined,
    );
  });
});
