import assert from 'node:assert/strict';
import { listModels } from '../../../src/agent/listModels.ts';
import { modelName } from '../../../src/agent/modelName.ts';
import { say } from '../../support/messages/script.ts';
import { openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('requests to the endpoint', () => {
  let desk: Desk | undefined;
  afterEach(() => desk?.close());
  const ask = async (options?: DeskOptions) => {
    desk = await openDesk(() => say('Hi.'), options);
    assert.equal(await desk.ask('Hi'), 'Hi.');
    return desk.server.requests[0]!;
  };

  it('carry the key alone: neither a token nor headers of the environment', async () => {
    const variables = {
      ANTHROPIC_AUTH_TOKEN: 'token-for-another-endpoint',
      ANTHROPIC_CUSTOM_HEADERS: 'x-secret: for-another-endpoint\nx-api-key: another-key',
    };
    const before = Object.fromEntries(Object.keys(variables).map((name) => [name, process.env[name]]));
    Object.assign(process.env, variables);
    try {
      const { headers } = await ask();
      assert.equal(headers['x-api-key'], 'test-key-0123456789');
      assert.equal(headers['authorization'], undefined);
      assert.equal(headers['x-secret'], undefined);
      await listModels(desk?.server.url, 'test-key-0123456789');
      assert.ok(!JSON.stringify(desk?.server.asked).includes('for-another-endpoint'));
      assert.equal(process.env['ANTHROPIC_CUSTOM_HEADERS'], variables.ANTHROPIC_CUSTOM_HEADERS);
    } finally {
      for (const [name, value] of Object.entries(before)) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });

  it('leave out the temperature for a model of a gateway that takes none', async () => {
    const model = 'anthropic/claude-sonnet-5-5';
    const { body } = await ask({ model: { model }, server: { models: [model] } });
    assert.equal(body.temperature, undefined);
  });
});

describe('the name of a model', () => {
  for (const [given, name] of [
    ['claude-sonnet-4-6', 'claude-sonnet-4-6'],
    ['anthropic/claude-sonnet-4-6', 'claude-sonnet-4-6'],
    ['openrouter/anthropic/claude-opus-5', 'claude-opus-5'],
    ['us.anthropic.claude-haiku-4-5-v1:0', 'claude-haiku-4-5-v1:0'],
    ['qwen3-coder', 'qwen3-coder'],
    ['my-claude-like', 'my-claude-like'],
  ] as const)
    it(`of ${given} is ${name}`, () => assert.equal(modelName(given), name));
});
