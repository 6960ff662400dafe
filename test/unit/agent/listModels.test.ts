import assert from 'node:assert/strict';
import { listModels } from '../../../src/agent/listModels.ts';
import { GloveboxError } from '../../../src/core/errors.ts';
import { defaultModel } from '../../../src/appSettings.ts';
import { ModelList } from '../../../src/modelList.ts';
import { startMessagesServer, type MessagesServer } from '../../support/messages/startMessagesServer.ts';

describe('the list of models', () => {
  let server: MessagesServer;
  before(async () => {
    server = await startMessagesServer([], { apiKey: 'right-key', models: ['claude-a', 'claude-b'] });
  });
  after(() => server.close());

  it('is that of the endpoint, with what each can read', async () => {
    const found = await listModels(server.url, 'right-key');
    assert.deepEqual(
      found.map(({ id, windowTokens }) => [id, windowTokens]),
      [
        ['claude-a', 200_000],
        ['claude-b', 200_000],
      ],
    );
  });

  it('says what to do when the key is not accepted or there is none', async () => {
    await assert.rejects(listModels(server.url, 'wrong-key'), (error) => {
      assert.ok(GloveboxError.is(error));
      assert.match(error.message, /did not accept the API key/);
      return true;
    });
    const none = new ModelList(
      () => ({ ...defaultModel, baseUrl: server.url }),
      async () => undefined,
    );
    await assert.rejects(none.list(), /Set an API key/);
  });

  it('tells the window of the chosen model once it is known', async () => {
    const list = new ModelList(
      () => ({ ...defaultModel, model: 'claude-b', baseUrl: server.url }),
      async () => 'right-key',
    );
    assert.equal(list.windowTokens(), undefined);
    await list.list();
    assert.equal(list.windowTokens(), 200_000);
  });

  it('asks again where the endpoint could not be asked at first', async () => {
    const keys: string[] = [];
    const list = new ModelList(
      () => ({ ...defaultModel, model: 'claude-b', baseUrl: server.url }),
      async () => keys[0],
    );
    assert.equal(list.windowTokens(), undefined);
    await new Promise(setImmediate);
    keys.push('right-key');
    while (list.windowTokens() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(list.windowTokens(), 200_000);
  });
});
