import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { reply } from '../../support/messages/script.ts';
import { signThinking } from '../../support/messages/signThinking.ts';
import { startMessagesServer, type MessagesServer } from '../../support/messages/startMessagesServer.ts';

const tool = { name: 't', input_schema: { type: 'object' } };
const use = { type: 'tool_use', id: 'a', name: 't', input: {} };
const result = { type: 'tool_result', tool_use_id: 'a', content: 'ok' };
const user = (content: unknown) => ({ role: 'user', content });
const assistant = (content: unknown) => ({ role: 'assistant', content });

describe('the scripted Messages server', () => {
  let server: MessagesServer;
  before(async () => {
    server = await startMessagesServer(
      () =>
        reply([
          { type: 'thinking', thinking: 'Let me see.' },
          { type: 'text', text: 'Yes.' },
        ]),
      { kept: false },
    );
  });
  after(() => server.close());

  const post = async (change: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': 'k', 'anthropic-version': '2023-06-01', ...headers },
      body: JSON.stringify({
        model: 'claude-sonnet-4-6',
        max_tokens: 9000,
        messages: [user('Hi')],
        ...change,
      }),
    });
    const body = (await response.json()) as { error?: { type: string; message: string } };
    return { status: response.status, error: body.error };
  };

  for (const [name, change, message] of [
    ['two user messages in a row', { messages: [user('a'), user('b')] }, /roles must alternate/],
    ['a conversation that the assistant begins', { messages: [assistant('a')] }, /first message/],
    ['an empty text', { messages: [user([{ type: 'text', text: '' }])] }, /must be non-empty/],
    ['blank text', { messages: [user([{ type: 'text', text: ' \n' }])] }, /non-whitespace/],
    [
      'a tool call without its result',
      { tools: [tool], messages: [user('a'), assistant([use]), user('b')] },
      /without `tool_result`/,
    ],
    ['a result without its call', { tools: [tool], messages: [user([result])] }, /unexpected `tool_use_id`/],
    [
      'a result that comes after text',
      { tools: [tool], messages: [user('a'), assistant([use]), user([{ type: 'text', text: 'b' }, result])] },
      /must come first/,
    ],
    [
      'a tool call whose input is text',
      { tools: [tool], messages: [user('a'), assistant([{ ...use, input: '{' }]), user([result])] },
      /messages\.1\.content/,
    ],
    [
      'the same call id twice',
      {
        tools: [tool],
        messages: [user('a'), assistant([use]), user([result]), assistant([use]), user([result])],
      },
      /must be unique/,
    ],
    [
      'tool calls without tools',
      { messages: [user('a'), assistant([use]), user([result])] },
      /must define tools/,
    ],
    [
      'a changed thought',
      {
        messages: [
          user('a'),
          assistant([
            { type: 'thinking', thinking: 'x', signature: signThinking('y') },
            { type: 'text', text: 'b' },
          ]),
          user('c'),
        ],
      },
      /Invalid `signature`/,
    ],
    [
      'a thinking budget above the limit',
      { thinking: { type: 'enabled', budget_tokens: 9000 } },
      /must be greater/,
    ],
    [
      'a temperature while thinking',
      { thinking: { type: 'enabled', budget_tokens: 2000 }, temperature: 0.3 },
      /may only be set to 1/,
    ],
    [
      'a dropped thought in a tool loop',
      {
        tools: [tool],
        thinking: { type: 'enabled', budget_tokens: 2000 },
        messages: [user('a'), assistant([use]), user([result])],
      },
      /Expected `thinking`/,
    ],
    [
      'five cache marks',
      {
        messages: [
          user(
            Array.from({ length: 5 }, () => ({
              type: 'text',
              text: 'a',
              cache_control: { type: 'ephemeral' },
            })),
          ),
        ],
      },
      /maximum of 4/,
    ],
    ['an unknown field', { messages: [user([{ type: 'text', text: 'a', index: 0 }])] }, /messages\.0/],
    ['no max_tokens', { max_tokens: undefined }, /max_tokens/],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const answer = await post(change);
      assert.equal(answer.status, 400);
      assert.equal(answer.error?.type, 'invalid_request_error');
      assert.match(answer.error?.message ?? '', message);
    });
  }

  it('wants a key and a version', async () => {
    assert.equal((await post({}, { 'x-api-key': '' })).error?.type, 'authentication_error');
    assert.equal((await post({}, { 'anthropic-version': '' })).status, 400);
  });

  it('is understood by the SDK, streaming and not', async () => {
    const client = new Anthropic({ apiKey: 'k', baseURL: server.url, maxRetries: 0 });
    const request = {
      model: 'claude-sonnet-4-6',
      max_tokens: 100,
      messages: [{ role: 'user', content: 'Hi' }],
    } as const;
    const streamed = await client.messages
      .stream({ ...request, messages: [...request.messages] })
      .finalMessage();
    const whole = await client.messages.create({ ...request, messages: [...request.messages] });
    assert.deepEqual(streamed.content, whole.content);
    assert.equal(streamed.stop_reason, 'end_turn');
    assert.deepEqual(streamed.usage.output_tokens, whole.usage.output_tokens);
    const models = await client.models.list();
    assert.ok(models.data.some((model) => model.id === 'claude-sonnet-4-6'));
    const count = await client.messages.countTokens({
      model: 'claude-sonnet-4-6',
      messages: [...request.messages],
    });
    assert.ok(count.input_tokens > 0);
  });

  it('takes back its own thoughts', async () => {
    const thought = { type: 'thinking', thinking: 'x', signature: signThinking('x') };
    const messages = [user('a'), assistant([thought, use]), user([result])];
    const thinking = { type: 'enabled', budget_tokens: 2000 };
    assert.equal((await post({ messages, tools: [tool], thinking })).status, 200);
  });
}).timeout(30_000);
