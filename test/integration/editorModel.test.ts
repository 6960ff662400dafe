import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { storyRequests } from '../support/messages/stories.ts';
import { toolResults } from '../support/messages/storyText.ts';
import { keepRequests } from '../support/requests/sentRequests.ts';
import { until } from './extension.ts';
import type { ProviderApi } from './provider/extension.ts';

describe('a model of the editor', () => {
  let provider: ProviderApi;
  before(async () => {
    const extension = vscode.extensions.getExtension<ProviderApi>('glovebox-test.model-provider');
    assert.ok(extension, 'the provider of the test is not installed');
    provider = await extension.activate();
    keepRequests(provider.requests);
    await until('the model', async () => (await vscode.lm.selectChatModels({ id: 'scripted' }))[0]);
    await vscode.workspace
      .getConfiguration('glovebox')
      .update('model', 'vscode:scripted', vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('glovebox')
      .update('model', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('plays the same story without a key: proposes, waits, runs, reads the figures', async () => {
    const done = vscode.commands.executeCommand('glovebox.ask', storyRequests.deposits);
    const shown = await until('the proposal', () => {
      const documents = vscode.window.visibleTextEditors.map(({ document }) => document);
      return documents.find(({ uri }) => uri.scheme === 'glovebox-proposal');
    });
    assert.match(shown.getText(), /deposit, yearly_rate, years = 3000/);
    assert.equal(provider.requests.length, 1);
    const [first] = provider.requests;
    assert.ok(first?.body.tools?.some((tool) => 'name' in tool && tool.name === 'run_code'));
    await vscode.commands.executeCommand('glovebox.proposal.run', shown.uri);
    await done;
    assert.equal(provider.requests.length, 2);
    const balance = (3000 * ((1 + 0.05 / 12) ** 60 - 1)) / (0.05 / 12);
    const words = balance.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const [result = ''] = toolResults(provider.requests[1]!);
    assert.match(result, /^status: ok/);
    assert.ok(result.includes(`Balance: ${words}`), result);
  });

  it('is offered in the list of models', async () => {
    const models = await vscode.lm.selectChatModels({ vendor: 'glovebox-test' });
    assert.deepEqual(
      models.map(({ id, maxInputTokens }) => [id, maxInputTokens]),
      [['scripted', 64_000]],
    );
  });
});
