import assert from 'node:assert/strict';
import { failure, reply, runCode, say, type Script } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('when the model fails', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  const failed = () => desk?.of('failed')[0] ?? { kind: 'failed', code: 'none', message: '' };
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, [], 'the server refused a request');
    await desk?.close();
    desk = undefined;
  });

  it('says that there is no key, and sends nothing', async () => {
    const { ask, server } = await open([], { parts: { apiKey: async () => undefined } });
    await ask('Hi');
    assert.equal(failed().code, 'no-key');
    assert.match(failed().message, /Set API Key.*ANTHROPIC_API_KEY/);
    assert.equal(server.requests.length, 0);
  });

  it('says that the key is wrong', async () => {
    const { ask } = await open([], { server: { apiKey: 'another-key' } });
    await ask('Hi');
    assert.equal(failed().code, 'bad-key');
    assert.match(failed().message, /did not accept the API key/);
  });

  it('says that the endpoint could not be reached, after trying again', async () => {
    const model = { baseUrl: 'http://127.0.0.1:9' };
    const { ask, pauses } = await open([], { model });
    await ask('Hi');
    assert.equal(failed().code, 'model-unreachable');
    assert.match(failed().message, /127\.0\.0\.1:9 could not be reached/);
    assert.equal(pauses.length, 3);
  });

  it('says which model is not known', async () => {
    const { ask } = await open([], { model: { model: 'claude-none' } });
    await ask('Hi');
    assert.equal(failed().code, 'no-model');
    assert.match(failed().message, /"claude-none"/);
  });

  for (const [status, code] of [
    [400, 'model-refused'],
    [402, 'billing'],
    [403, 'bad-key'],
    [413, 'too-long'],
  ] as const) {
    it(`ends at once on ${status}`, async () => {
      const { ask, server } = await open([failure(status)]);
      await ask('Hi');
      assert.equal(failed().code, code);
      assert.equal(server.requests.length, 1);
    });
  }

  it('says that the account has no credit, which the service tells with 400 too', async () => {
    const { ask } = await open([failure(400, 'Your credit balance is too low to access the Anthropic API.')]);
    await ask('Hi');
    assert.equal(failed().code, 'billing');
  });

  it('does not blame the model when the address has no Messages API', async () => {
    const { ask } = await open([failure(404, 'Not Found')]);
    await ask('Hi');
    assert.equal(failed().code, 'model-unreachable');
    assert.match(failed().message, /no Messages API at .*Check the base URL/);
  });

  it('waits as long as a rate limit says, and says so', async () => {
    const { ask, pauses, of } = await open([failure(429, undefined, 7), say('Here.')]);
    assert.equal(await ask('Hi'), 'Here.');
    assert.deepEqual(pauses, [7000]);
    assert.match(of('notice')[0]?.message ?? '', /rate limit.*in 7 s/i);
    assert.equal(of('failed').length, 0);
  });

  it('does not wait for longer than a person would', async () => {
    const { ask, pauses } = await open([failure(429, undefined, 3600)]);
    await ask('Hi');
    assert.equal(failed().code, 'rate-limited');
    assert.match(failed().message, /asks to wait 60 minutes; ask again then/);
    assert.deepEqual(pauses, []);
  });

  for (const status of [409, 500, 503, 504, 520, 522, 524, 529]) {
    it(`tries again on ${status}, with longer and longer waits, and gives up in the end`, async () => {
      const { ask, server, pauses, of } = await open(() => failure(status));
      await ask('Hi');
      assert.equal(failed().code, 'model-overloaded');
      assert.match(failed().message, /also after 4 tries/);
      assert.equal(server.requests.length, 4);
      assert.deepEqual(pauses, [1000, 4000, 16_000]);
      assert.match(of('notice').at(-1)?.message ?? '', /trying again in 16 s \(4 of 4\)/);
    });
  }

  for (const [status, notice] of [
    [429, /rate limit/],
    [500, /trouble answering/],
    [504, /trouble answering/],
    [529, /overloaded/],
  ] as const) {
    it(`tries again when the stream tells the error of ${status}`, async () => {
      const { ask, of } = await open([
        say('One two three four.', { cut: { at: 'mid-text', how: 'error-event', status }, chunk: 4 }),
        say('One two three four.'),
      ]);
      assert.equal(await ask('Count'), 'One two three four.');
      assert.match(of('notice')[0]?.message ?? '', notice);
      assert.equal(of('retracted').length, 1);
    });
  }

  it('ends at once when the stream tells an error that stays', async () => {
    const { ask, server } = await open([
      say('One two three four.', { cut: { at: 'mid-text', how: 'error-event', status: 401 }, chunk: 4 }),
    ]);
    await ask('Count');
    assert.equal(failed().code, 'bad-key');
    assert.equal(server.requests.length, 1);
  });

  it('forgets nothing: the next request goes on with a valid history', async () => {
    const { ask, server } = await open([failure(400), say('Now it works.')]);
    await ask('First');
    assert.equal(await ask('Second'), 'Now it works.');
    assert.deepEqual(
      server.requests[1]?.body.messages.map((message) => message.role),
      ['user', 'assistant', 'user'],
    );
  });

  for (const how of ['drop', 'end', 'error-event', 'stall'] as const) {
    it(`takes back and rewrites a reply that breaks in the middle of a tool call (${how})`, async () => {
      const call = { code: 'print("a whole program")', purpose: 'Print' };
      const { ask, of, executed, server } = await open(
        [
          runCode('I will print.', call, { cut: { at: 'mid-tool', how }, chunk: 6 }),
          runCode('I will print.', call),
          say('Printed.'),
        ],
        how === 'stall' ? { parts: { idleMs: 500 } } : {},
      );
      assert.equal(await ask('Print'), 'I will print.Printed.');
      assert.equal(of('retracted').length, 1);
      assert.deepEqual(executed, ['print("a whole program")']);
      assert.equal(of('proposed').length, 1);
      assert.equal(server.requests.length, 3);
    });
  }

  it('asks again when nothing at all comes back', async () => {
    const { ask, of, server } = await open([{ kind: 'hang' }, say('Here I am.')], { parts: { idleMs: 500 } });
    assert.equal(await ask('Hi'), 'Here I am.');
    assert.equal(of('failed').length, 0);
    assert.equal(server.requests.length, 2);
  });

  for (const at of ['start', 'mid-text', 'before-stop'] as const) {
    it(`rewrites a reply that is dropped at its ${at}`, async () => {
      const { ask } = await open([
        say('One two three four five six.', { cut: { at, how: 'drop' }, chunk: 4 }),
        say('One two three four five six.'),
      ]);
      assert.equal(await ask('Count'), 'One two three four five six.');
    });
  }

  it('never runs a tool call that the token limit cut short', async () => {
    const { ask, executed, of } = await open([
      reply(
        [
          { type: 'text', text: 'Writing.' },
          {
            type: 'tool_use',
            name: 'run_code',
            rawInput: '{"language":"python","purpose":"x","code":"print(1',
          },
        ],
        { stopReason: 'max_tokens' },
      ),
      say('Next.'),
    ]);
    assert.equal(await ask('Write'), 'Writing.');
    assert.deepEqual(executed, []);
    assert.match(of('notice')[0]?.message ?? '', /max tokens/);
    assert.equal(await ask('Go on'), 'Next.');
  });

  for (const [name, rawInput] of [
    ['no JSON at all', '{"language": "python", "code": '],
    ['missing arguments', '{"language":"python"}'],
    ['empty code', '{"language":"python","purpose":"Nothing","code":"  \\n"}'],
    ['an unknown language', '{"language":"cobol","purpose":"x","code":"DISPLAY 1"}'],
  ] as const) {
    it(`tells the model what is wrong with a call that has ${name}`, async () => {
      const { ask, server, executed } = await open([
        reply([{ type: 'tool_use', name: 'run_code', rawInput }]),
        runCode('Again.', { code: 'print(1)', purpose: 'One' }),
        say('Good.'),
      ]);
      assert.equal(await ask('Go'), 'Again.Good.');
      assert.match(toolResults(server.requests[1]!)[0] ?? '', /Nothing was run.*Call the tool again/s);
      assert.deepEqual(executed, ['print(1)']);
    });
  }

  it('says so when the model declines, runs nothing of it, and goes on with the next request', async () => {
    const input = { language: 'python', code: 'print(1)', purpose: 'One' };
    const call = { type: 'tool_use', name: 'run_code', input } as const;
    const { ask, server, of, executed } = await open([
      reply([{ type: 'text', text: 'I would rather' }, call], { stopReason: 'refusal' }),
      say('Of course.'),
    ]);
    assert.equal(await ask('Something bad'), 'I would rather');
    assert.ok(of('notice').some(({ message }) => message.includes('declined')));
    assert.equal(await ask('Something good'), 'Of course.');
    assert.deepEqual(executed, []);
    assert.deepEqual(server.rejections, []);
  });

  it('answers a call of a tool that there is not', async () => {
    const { ask, server } = await open([
      reply([{ type: 'tool_use', name: 'bash', input: { command: 'ls' } }]),
      say('I have no such tool.'),
    ]);
    assert.equal(await ask('ls'), 'I have no such tool.');
    assert.match(toolResults(server.requests[1]!)[0] ?? '', /not a valid tool/);
  });
}).timeout(30_000);
