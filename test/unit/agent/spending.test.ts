import assert from 'node:assert/strict';
import { runCode, say, type Script } from '../../support/messages/script.ts';
import { lastWords } from '../../support/messages/storyText.ts';
import { openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

/** 0.615 dollars. */
const dear = { usage: { input: 200_000, output: 1000 } };
const limit: DeskOptions = { model: { spendingCapUsd: 1 } };

describe('what a conversation costs', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
  });
  const dollars = (): number =>
    desk?.of('usage').reduce((sum, { usage }) => sum + (usage.costUsd ?? 0), 0) ?? 0;
  const ended = (): string | undefined => desk?.of('failed')[0]?.code;

  it('stays when requests are taken back, also all of them', async () => {
    const { ask, agent, server } = await open(() => say('Dear.', dear), limit);
    await ask('One', { requestId: 'one' });
    await agent.rewind?.('t1', ['one']);
    await ask('Two', { requestId: 'two' });
    assert.equal(server.requests[1]?.body.messages.length, 1);
    await agent.rewind?.('t1', ['two']);
    await ask('Three');
    assert.equal(server.requests.length, 2);
    assert.equal(ended(), 'spending-limit');
  });

  it('goes on in a branch', async () => {
    const { ask, agent } = await open(() => say('Dear.', dear), limit);
    await ask('One', { requestId: 'one' });
    await ask('Two', { requestId: 'two' });
    await agent.branch?.('t1', 't2', ['two']);
    await ask('Two, otherwise', { threadId: 't2' });
    assert.equal(ended(), 'spending-limit');
  });

  it('has in it what was used of a reply that the person stopped', async () => {
    const stop = new AbortController();
    const { agent, ask, of, server } = await open(
      [say('A long answer that goes on and on.', { ...dear, chunk: 3, delayMs: 20 }), say('Dear.', dear)],
      limit,
    );
    await agent.ask(
      { threadId: 't1', requestId: 'stopped', text: 'Go', files: [] },
      (event) => {
        desk?.events.push(event);
        if (event.kind === 'text') stop.abort();
      },
      stop.signal,
    );
    assert.equal(of('usage').length, 1);
    assert.ok(dollars() >= 0.6 && dollars() < 0.601, String(dollars()));
    await ask('Go on');
    await ask('And on');
    assert.equal(server.requests.length, 2);
    assert.equal(ended(), 'spending-limit');
  });

  it('has in it a reply that broke off', async () => {
    const { ask, of } = await open([
      say('One two three four.', { ...dear, chunk: 4, cut: { at: 'mid-text', how: 'drop' } }),
      say('One two three four.', dear),
    ]);
    assert.equal(await ask('Count'), 'One two three four.');
    assert.equal(of('usage').length, 2);
    assert.ok(dollars() > 1.2 && dollars() < 1.24, String(dollars()));
  });

  it('has in it the summaries', async () => {
    const { ask } = await open(
      (request) =>
        lastWords(request).startsWith('Summarise')
          ? say('They asked for this and that.', dear)
          : say('Yes.', { usage: { input: request.body.messages.length * 1000, output: 5 } }),
      { model: { windowTokens: 4000, spendingCapUsd: 0.6 } },
    );
    for (const text of ['One', 'Two', 'Three', 'Four']) await ask(text);
    assert.ok(dollars() > 0.615);
    assert.equal(ended(), 'spending-limit');
  });

  it('is known for a model that a gateway names in its own way', async () => {
    const model = 'anthropic/claude-sonnet-4-6';
    const options = { model: { model, ...limit.model }, server: { models: [model] } };
    const { ask, of } = await open(() => say('Dear.', dear), options);
    await ask('One');
    assert.equal(dollars(), 0.615);
    assert.equal(of('notice').length, 0);
  });

  it('is not known for another model, and the person is told once that the limit is not applied', async () => {
    const model = 'qwen3-coder';
    const { ask, of } = await open(
      ({ index }) =>
        index % 2 === 0 ? runCode('Running.', { code: `print(${index})`, purpose: 'x' }) : say('Dear.', dear),
      { model: { model, ...limit.model }, server: { models: [model] } },
    );
    await ask('One');
    await ask('Two');
    assert.deepEqual(
      of('notice').map(({ message }) => message),
      [
        'The spending limit of 1.00 US dollars is not applied: Glovebox does not know what "qwen3-coder" costs.',
      ],
    );
    assert.equal(dollars(), 0);
    assert.equal(ended(), undefined);
  });
}).timeout(30_000);
