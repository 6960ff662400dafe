import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { codeFileName, languages, languageTable } from '../../src/core/language.ts';
import { primesWritten, productOfPrimes } from '../support/productOfPrimes.ts';
import { openFile, recordText, runCommand, until, withSetting } from './extension.ts';

/** Another assistant's call, which waits for a person. */
function call(language: string, code: string): Promise<string> {
  const input = { language, code, purpose: 'multiply' };
  const result = vscode.lm.invokeTool('glovebox_run_code', { input, toolInvocationToken: undefined });
  return Promise.resolve(result).then(({ content }) =>
    content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join(''),
  );
}

async function preview(code: string): Promise<vscode.TextDocument> {
  return until('the preview', () => {
    const shown = vscode.window.activeTextEditor?.document;
    return shown?.uri.scheme === 'glovebox-proposal' && shown.getText() === code ? shown : undefined;
  });
}

describe('code in each language', () => {
  for (const language of languages) {
    const { editorIds, label, lineComment, sandboxes } = languageTable[language];
    const code = productOfPrimes[language];
    const file = (name: string): string => codeFileName(`${name}-${language}`, language);

    it(`runs a file of ${label}`, async () => {
      const { document } = await openFile(file('primes'), code);
      assert.ok(editorIds.includes(document.languageId), document.languageId);
      const output = await recordText(await runCommand('glovebox.runFile'), 'output');
      assert.ok(output.startsWith(primesWritten), output);
      assert.match(output, /status {7}ok \(exit code 0\)[^]*sandbox {6}docker/);
    });

    it(`runs selected lines and a cell of ${label}, and those alone`, async () => {
      const rest = `${lineComment} %% more\n(((\n`;
      const editor = await openFile(file('parts'), `${rest}${lineComment} %%\n${code}${rest}`);
      const first = 3;
      const end = first + code.split('\n').length - 1;
      editor.selection = new vscode.Selection(first, 0, end, 0);
      const selected = await runCommand('glovebox.runSelection');
      assert.equal(await recordText(selected, 'code'), code);
      assert.ok((await recordText(selected, 'output')).startsWith(primesWritten));
      editor.selection = new vscode.Selection(first + 1, 1, first + 1, 1);
      const cell = await runCommand('glovebox.runSelection');
      assert.equal(`${await recordText(cell, 'code')}\n`, `${lineComment} %%\n${code}`);
      assert.ok((await recordText(cell, 'output')).startsWith(primesWritten));
    });

    it(`runs ${label} of another assistant once it is approved`, async () => {
      const answer = call(language, code);
      const shown = await preview(code);
      assert.ok(editorIds.includes(shown.languageId), shown.languageId);
      await vscode.commands.executeCommand('glovebox.proposal.run', shown.uri);
      assert.match(await answer, /status: ok, exit code 0[^]*product: 42/);
    });

    if (!sandboxes.includes('wasm'))
      it(`says where ${label} runs when the sandbox is one that does not take it`, async () => {
        const told = new RegExp(`not ${label}; nothing was run\\. Choose .*docker \\(`);
        await withSetting('sandbox', 'wasm', async () => {
          await openFile(file('refused'), code);
          const output = await recordText(await runCommand('glovebox.runFile'), 'output');
          assert.match(output, told);
          assert.match(output, /status {7}unavailable/);
          // Nobody is asked to decide on what can't run.
          assert.match(await call(language, code), told);
        });
      });
  }
});
