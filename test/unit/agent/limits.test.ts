import assert from 'node:assert/strict';
import { runCode, say, type Script } from '../../support/messages/script.ts';
import { openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('the limits of a turn', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
  });

  it('stop a model that sends the same failing program again and again', async () => {
    const { ask, executed, of } = await open(
      ({ index }) =>
        index < 9 ? runCode('Again.', { code: `1/0${' '.repeat(index)}`, purpose: 'x' }) : say('Sorry.'),
      { execute: () => ({ status: 'error', exitCode: 1, stderr: 'ZeroDivisionError' }) },
    );
    await ask('Go');
    assert.equal(executed.length, 3);
    assert.equal(of('failed')[0]?.code, 'loop');
    assert.match(of('failed')[0]?.message ?? '', /three times/);
  });

  it('stop a model that asks three times for what was rejected', async () => {
    let asked = 0;
    const { ask, of } = await open(() => runCode('Please.', { code: 'print(1)', purpose: 'x' }), {
      decide: () => {
        asked += 1;
        return { kind: 'reject' };
      },
    });
    await ask('Go');
    assert.equal(asked, 3);
    assert.equal(of('failed')[0]?.code, 'loop');
  });

  it('stop a model that never comes to an end, and the conversation goes on', async () => {
    let more = true;
    const { ask, executed, of, events } = await open(({ index }) =>
      more ? runCode('One more.', { code: `print(${index})`, purpose: 'x' }) : say('Enough.'),
    );
    await ask('Go');
    assert.equal(of('failed')[0]?.code, 'step-limit');
    assert.ok(executed.length >= 20 && executed.length <= 25, String(executed.length));
    more = false;
    assert.equal(await ask('Stop it'), 'Enough.');
    assert.equal(events.at(-1)?.kind, 'done');
  });

  it('stop a conversation that has cost enough, over all its turns', async () => {
    const { ask, of, server } = await open(() => say('Dear.', { usage: { input: 200_000, output: 1000 } }), {
      model: { spendingCapUsd: 1 },
    });
    await ask('One');
    await ask('Two');
    await ask('Three');
    assert.equal(server.requests.length, 2, '0.615 dollars each');
    assert.equal(of('failed')[0]?.code, 'spending-limit');
  });

  it('stop a turn that takes too long', async () => {
    const { ask, of } = await open([say('Slowly, very slowly.', { chunk: 1, delayMs: 100 })], {
      parts: { turnMs: 400 },
    });
    await ask('Go');
    assert.equal(of('failed')[0]?.code, 'time-limit');
  });

  it("do not count the person's own time", async () => {
    const turnMs = 1500;
    const script = [say('Ready.'), runCode('Well.', { code: 'print(1)', purpose: 'x' }), say('Done.')];
    const { ask, of } = await open(script, {
      parts: { turnMs },
      decide: async (proposal) => {
        // Longer than all of the agent's own time.
        await new Promise((resolve) => setTimeout(resolve, turnMs + 200));
        return { kind: 'run', hash: proposal.hash, by: 'person' };
      },
    });
    // The first request loads LangChain, which would count.
    await ask('Get ready');
    assert.equal(await ask('Go'), 'Well.Done.');
    assert.equal(of('failed').length, 0);
  });
}).timeout(30_000);
