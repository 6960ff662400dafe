import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openFile, until } from './extension.ts';

describe('the light bulb at an error', () => {
  const problems = vscode.languages.createDiagnosticCollection('test');
  after(async () => {
    problems.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const offered = async (uri: vscode.Uri, range: vscode.Range): Promise<vscode.CodeAction[]> => {
    const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      range,
    );
    return all.filter(({ title }) => title === 'Fix This Error');
  };

  it('offers to fix it, with its place and its words', async () => {
    await vscode.commands.executeCommand('glovebox.history.refresh');
    const { document } = await openFile('misspelt.py', 'x = 1\nprint(y)\n');
    const range = new vscode.Range(1, 6, 1, 7);
    const hint = new vscode.Range(0, 0, 0, 1);
    problems.set(document.uri, [
      new vscode.Diagnostic(range, '"y" is\u001b[31m not defined', vscode.DiagnosticSeverity.Error),
      new vscode.Diagnostic(hint, 'x could be a constant', vscode.DiagnosticSeverity.Hint),
    ]);
    // Problems reach the editor a moment later.
    const [action, ...more] = await until('the light bulb', async () => {
      const actions = await offered(document.uri, range);
      return actions.length > 0 ? actions : undefined;
    });
    assert.deepEqual(more, []);
    assert.equal(action?.command?.command, 'glovebox.fixError');
    assert.deepEqual(action.command.arguments?.slice(1), [1, '"y" is not defined']);
    assert.deepEqual(await offered(document.uri, hint), []);
  });
});
