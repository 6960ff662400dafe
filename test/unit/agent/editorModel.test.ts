import assert from 'node:assert/strict';
import type { EditorModel, EditorReplyPart, EditorTool } from '../../../src/agent/editorChatModel.ts';
import type { EditorMessage } from '../../../src/agent/editorMessages.ts';
import { keepRequests, type SentRequest } from '../../support/requests/sentRequests.ts';
import { pngPicture } from '../../support/pictures.ts';
import { inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

interface Sent {
  readonly messages: readonly EditorMessage[];
  readonly tools: readonly EditorTool[];
}

/** In the words of the Messages API, for the requests that are kept. */
function asBody({ messages, tools }: Sent): object {
  return {
    messages: messages.map(({ role, parts }) => ({
      role,
      content: parts.map(({ kind, ...fields }) => ({ type: kind, ...fields })),
    })),
    tools: tools.map(({ inputSchema, ...fields }) => ({ ...fields, input_schema: inputSchema })),
  };
}

/** An editor's model that says what the script says, and keeps what it was sent. */
function editorModel(script: (turn: number) => readonly EditorReplyPart[]): EditorModel & { sent: Sent[] } {
  const sent: Sent[] = [];
  const requests: SentRequest[] = [];
  keepRequests(requests);
  return {
    id: 'editor-claude',
    sent,
    async *send(messages, tools) {
      sent.push({ messages, tools });
      requests.push({ body: asBody({ messages, tools }) });
      yield* script(sent.length - 1);
    },
  };
}

describe("the editor's own models", () => {
  let desk: Desk | undefined;
  afterEach(() => desk?.close());
  const open = async (model: EditorModel, options: DeskOptions = {}) =>
    (desk = await openDesk([], {
      ...options,
      parts: { editorModel: async () => model, apiKey: async () => undefined },
    }));

  it('drive the same story without a key', async () => {
    const model = editorModel((turn) =>
      turn === 0
        ? [
            { kind: 'text', text: 'I will ' },
            { kind: 'text', text: 'count.' },
            {
              kind: 'call',
              id: 'call-1',
              name: 'run_code',
              input: { language: 'python', code: 'print(3)', purpose: 'Count' },
            },
          ]
        : [{ kind: 'text', text: 'Three.' }],
    );
    const { ask, executed, events } = await open(model, { execute: () => ({ stdout: '3\n' }) });
    assert.equal(await ask('Count'), 'I will count.Three.');
    assert.deepEqual(executed, ['print(3)']);
    assert.equal(events.filter(({ kind }) => kind === 'drafting').length, 1);
    assert.equal(model.sent[0]?.tools[0]?.name, 'run_code');
    assert.ok('properties' in (model.sent[0]?.tools[0]?.inputSchema ?? {}));
    assert.deepEqual(
      model.sent[1]?.messages.map(
        ({ role, parts }) => `${role}: ${parts.map((part) => part.kind).join(' ')}`,
      ),
      ['user: text text', 'assistant: text call', 'user: result'],
    );
    const result = model.sent[1]?.messages.at(-1)?.parts[0];
    assert.match(result?.kind === 'result' ? result.text : '', /status: ok.*3/s);
  });

  it('are asked with the settings, and fill the meter by an estimate', async () => {
    const heard: unknown[] = [];
    const model: EditorModel = {
      id: 'claude-sonnet-4-6',
      windowTokens: async () => 10_000,
      async *send(_messages, _tools, _signal, settings) {
        heard.push(settings.temperature, settings.maxTokens);
        yield { kind: 'text', text: 'Yes. '.repeat(100) };
      },
    };
    const { ask, of } = await open(model, { model: { temperature: 0.7, maxTokens: 999, spendingCapUsd: 1 } });
    await ask('Hi');
    assert.deepEqual(heard, [0.7, 999]);
    const { usage, context } = of('usage')[0] ?? {};
    assert.equal(usage?.costUsd, undefined, 'a subscriber pays nothing by the price list');
    assert.equal(context?.window, 10_000);
    assert.ok((context?.used ?? 0) > 100, String(context?.used));
    assert.match(of('notice')[0]?.message ?? '', /limit of 1\.00 US dollars is not applied/);
  });

  const picture = inputFile('dot.png', pngPicture());

  it('see pictures', async () => {
    const model = editorModel(() => [{ kind: 'text', text: 'A dot.' }]);
    const { ask } = await open(model);
    await ask('Look', { files: [picture] });
    const parts = model.sent[0]?.messages.at(-1)?.parts ?? [];
    assert.deepEqual(
      parts.flatMap((part) => (part.kind === 'image' ? [[part.type, part.data]] : [])),
      [['image/png', pngPicture().toString('base64')]],
    );
  });

  it('that can not see are asked without pictures, and told of them', async () => {
    const sent: string[] = [];
    const model: EditorModel = {
      id: 'blind',
      async *send(messages) {
        const text = JSON.stringify(messages);
        sent.push(text);
        if (text.includes('"image"')) throw new Error('This model takes no pictures.');
        yield { kind: 'text', text: 'I see none.' };
      },
    };
    const { ask, of } = await open(model);
    assert.equal(await ask('Look', { files: [picture] }), 'I see none.');
    assert.equal(sent.length, 2);
    assert.match(sent[1] ?? '', /1 pictures, which you can't see/);
    assert.equal(of('failed').length, 0);
  });

  it('say so when the editor has the chosen one no more', async () => {
    const { ask, of } = await open({
      id: 'gone',
      windowTokens: async () => {
        throw Object.assign(new Error('no'), { name: 'LanguageModelError', code: 'NotFound' });
      },
      async *send() {},
    });
    await ask('Hi');
    assert.equal(of('failed')[0]?.code, 'no-model');
    assert.match(of('failed')[0]?.message ?? '', /no model "gone" any more/);
  });

  for (const [code, expected, words = 'no'] of [
    ['NoPermissions', 'bad-key'],
    ['NotFound', 'no-model'],
    ['Blocked', 'rate-limited'],
    ['Unknown', 'model-unreachable'],
    ['', 'too-long', 'Message exceeds token limit.'],
    ['', 'too-long', 'The prompt is too long to generate a reply.'],
    ['', 'model-unreachable', 'Rate limit reached on tokens per min: Limit 30000'],
    ['', 'model-unreachable', 'You have exceeded your token quota for this month.'],
    [
      'Unknown',
      'too-long',
      'Request Failed: 400 {"code":"model_max_prompt_tokens_exceeded"} prompt token count of 140000 exceeds the limit of 128000',
    ],
  ] as const) {
    it(`say why they do not answer (${code || words})`, async () => {
      const model: EditorModel = {
        id: 'editor-claude',
        async *send() {
          yield { kind: 'text', text: 'Well' };
          throw Object.assign(new Error(words), { name: 'LanguageModelError', code });
        },
      };
      const { ask, of } = await open(model);
      await ask('Hi');
      assert.equal(of('failed')[0]?.code, expected);
    });
  }
}).timeout(30_000);
