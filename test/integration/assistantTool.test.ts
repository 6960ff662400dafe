import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { tabsOf, until, workspaceFolder } from './extension.ts';

const tool = 'glovebox_run_code';
const hostile = 'import os\nos.system("rm -rf /")\n';

/** Another assistant's call, before anybody has decided. */
function call(input: object): Promise<string> {
  const result = vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
  return Promise.resolve(result).then(({ content }) =>
    content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join(''),
  );
}

/** The preview of the code that waits for a decision. */
async function preview(scheme = 'glovebox-proposal'): Promise<vscode.TextDocument> {
  return until('the preview', () => {
    const shown = vscode.window.activeTextEditor?.document;
    return shown?.uri.scheme === scheme && shown.getText() !== '' ? shown : undefined;
  });
}

describe('the tool for other assistants', () => {
  it('runs nothing before a person has seen exactly that code', async () => {
    const answer = call({ language: 'python', code: 'print(6 * 7)', purpose: 'multiply' });
    const shown = await preview();
    assert.equal(shown.getText(), 'print(6 * 7)');
    assert.equal(shown.languageId, 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(shown.uri, new vscode.Position(0, 0), 'print("more")\n');
    await vscode.workspace.applyEdit(edit).then(undefined, () => false);
    await vscode.commands.executeCommand('glovebox.proposal.run', shown.uri);
    assert.match(await answer, /status: ok, exit code 0[^]*42/);
    await until('the preview to close', () => (tabsOf('glovebox-proposal').length === 0 ? true : undefined));
  });

  it('tells the assistant of a rejection, and of what the validator found', async () => {
    const answer = call({ language: 'python', code: hostile, purpose: 'tidy up' });
    const shown = await preview();
    const problems = await until('findings', () => {
      const found = vscode.languages.getDiagnostics(shown.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.equal(problems[0]?.severity, vscode.DiagnosticSeverity.Error);
    const rejecting = vscode.commands.executeCommand('glovebox.proposal.reject', shown.uri);
    await until('the question for a reason', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return tabsOf('glovebox-proposal').length === 0 ? true : undefined;
    });
    await rejecting;
    assert.match(await answer, /^Not run\.[^]*status: blocked[^]*verdict of the validator: block/);
  });

  it('checks edited code again and runs that instead', async () => {
    const answer = call({ language: 'python', code: 'print("draft")', purpose: 'greet' });
    await vscode.commands.executeCommand('glovebox.proposal.edit', (await preview()).uri);
    const copy = await preview('glovebox-edit');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(copy.uri, new vscode.Range(0, 0, 1, 0), 'print("edited")');
    await vscode.workspace.applyEdit(edit);
    await vscode.commands.executeCommand('glovebox.proposal.useEdit', copy.uri);
    const again = await preview();
    assert.equal(again.getText(), 'print("edited")');
    // Tabs are told of a moment after their editors.
    await until('the difference to the draft', () =>
      tabsOf('glovebox-proposal').some(({ input }) => input instanceof vscode.TabInputTextDiff)
        ? true
        : undefined,
    );
    await vscode.commands.executeCommand('glovebox.proposal.run', again.uri);
    const text = await answer;
    assert.match(text, /edited/);
    assert.doesNotMatch(text, /draft/);
  });

  it('closes a copy that holds nothing of the person’s when all is decided, and marks another', async () => {
    for (const line of [undefined, 'print("mine")']) {
      const answer = call({ language: 'python', code: 'print("draft")', purpose: 'greet' });
      const shown = await preview();
      await vscode.commands.executeCommand('glovebox.proposal.edit', shown.uri);
      const copy = await preview('glovebox-edit');
      if (line !== undefined) {
        const edit = new vscode.WorkspaceEdit();
        edit.replace(copy.uri, new vscode.Range(0, 0, 1, 0), line);
        await vscode.workspace.applyEdit(edit);
      }
      const rejecting = vscode.commands.executeCommand('glovebox.proposal.reject', shown.uri);
      await until('the question for a reason', async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return tabsOf('glovebox-proposal').length === 0 ? true : undefined;
      });
      await rejecting;
      assert.match(await answer, /^Not run/);
      const left = line === undefined ? 0 : 1;
      await until(`${left} copies`, () => (tabsOf('glovebox-edit').length === left ? true : undefined));
      if (line === undefined) continue;
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        copy.uri,
      );
      assert.match(lenses[0]?.command?.title ?? '', /this edit was not used/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  it('shows findings in the copy while it is edited', async () => {
    const answer = call({ language: 'python', code: 'print("draft")', purpose: 'greet' });
    const shown = await preview();
    await vscode.commands.executeCommand('glovebox.proposal.edit', shown.uri);
    const copy = await preview('glovebox-edit');
    const edited = async (line: string, wanted: number): Promise<readonly vscode.Diagnostic[]> => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(copy.uri, new vscode.Range(0, 0, 1, 0), line);
      await vscode.workspace.applyEdit(edit);
      return until(`${wanted} findings`, () => {
        const found = vscode.languages.getDiagnostics(copy.uri);
        return found.length === wanted ? found : undefined;
      });
    };
    const [problem] = await edited('print(eval("1"))', 1);
    assert.equal(problem?.range.start.character, 6);
    const code = problem?.code as { readonly value: string; readonly target: vscode.Uri };
    assert.equal(code.value, 'code.eval');
    assert.match(code.target.toString(true), /^command:glovebox\.showRule/);
    await edited('print("fine")', 0);
    await vscode.commands.executeCommand('glovebox.proposal.useEdit', copy.uri);
    await vscode.commands.executeCommand('glovebox.proposal.run', (await preview()).uri);
    assert.match(await answer, /fine/);
  });

  it('refuses files that are absent, outside, or secret under whatever name, and input that it does not know', async () => {
    for (const files of [['absent.csv'], ['../../etc/passwd'], ['/etc/passwd']])
      assert.match(await call({ language: 'python', code: 'print(1)', purpose: 'read', files }), /^Not run/);
    const inside = (name: string): string => vscode.Uri.joinPath(workspaceFolder(), name).fsPath;
    await writeFile(inside('.env'), 'DB=secret');
    await symlink('.env', inside('innocent.csv'));
    for (const files of [['.env', '.env'], ['innocent.csv']])
      assert.match(await call({ language: 'python', code: 'print(1)', purpose: 'read', files }), /^Not run/);
    await assert.rejects(call({ language: 'cobol', code: 'x', purpose: 'y' }).then(assertUnusable));
  });
});

/** VS Code refuses it by the schema, or the tool does. */
function assertUnusable(text: string): void {
  if (text.startsWith('The input of the tool is not usable')) throw new Error(text);
}
