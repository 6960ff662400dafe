import assert from 'node:assert/strict';
import { reply, runCode, say, type Script } from '../../support/messages/script.ts';
import { approve, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('stopping the agent', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, [], 'the server refused a request');
    await desk?.close();
    desk = undefined;
  });

  /** Asks, stops as soon as `when` is met, and then asks again: the server checks the history. */
  const stopAt = async (
    when: (kind: string, count: number) => boolean,
    script: Script,
    options?: DeskOptions,
  ) => {
    const open_ = await open(script, options);
    const stop = new AbortController();
    const watch = setInterval(() => {
      const last = open_.events.at(-1)?.kind ?? 'none';
      if (when(last, open_.events.length)) stop.abort();
    }, 1);
    await open_.ask('Do something', { signal: stop.signal });
    clearInterval(watch);
    assert.equal(stop.signal.aborted, true, 'the test never came to its moment');
    assert.equal(open_.events.at(-1)?.kind, 'done');
    assert.equal(open_.of('failed').length, 0);
    assert.equal(await open_.agent.hasPending('t1'), false);
    const before = open_.server.requests.length;
    await open_.ask('And now?');
    assert.equal(open_.of('failed').length, 0, JSON.stringify(open_.of('failed')));
    assert.equal(open_.server.requests.length, before + 1);
    return open_;
  };

  it('keeps what was said when it is stopped in the middle of a text', async () => {
    const { server } = await stopAt(
      (kind) => kind === 'text',
      [say('A long answer that goes on and on.', { chunk: 3, delayMs: 20 }), say('Now.')],
    );
    const history = JSON.stringify(server.requests[1]?.body.messages);
    assert.match(history, /"A.*The person stopped this here/);
  });

  it('leaves a valid history when it is stopped in the middle of a tool call', async () => {
    const { executed } = await stopAt(
      (kind) => kind === 'drafting',
      [
        runCode('Well.', { code: 'print(1)\n'.repeat(20), purpose: 'p' }, { chunk: 5, delayMs: 10 }),
        say('Now.'),
      ],
    );
    assert.deepEqual(executed, []);
  });

  it('takes the question back when it is stopped while a proposal waits', async () => {
    const { executed, server } = await stopAt(
      (kind) => kind === 'proposed',
      [runCode('Well.', { code: 'print(1)', purpose: 'p' }), say('Now.')],
      {
        decide: (_proposal, signal) =>
          new Promise((resolve) =>
            signal.addEventListener('abort', () => resolve({ kind: 'reject', reason: 'Stopped.' })),
          ),
      },
    );
    assert.deepEqual(executed, []);
    const sent = JSON.stringify(server.requests[1]?.body.messages);
    assert.match(sent, /stopped before it had a result/);
    assert.equal(sent.split('Well.').length, 2, 'a whole reply is not said once more');
  });

  it('stops a run, and answers its call', async () => {
    const { events } = await stopAt(
      (kind) => kind === 'decided',
      [runCode('Well.', { code: 'while True: pass', purpose: 'p' }), say('Now.')],
      {
        execute: (_code, signal) =>
          new Promise((resolve) => signal.addEventListener('abort', () => resolve({ status: 'cancelled' }))),
      },
    );
    const kinds = events.map((event) => event.kind);
    assert.ok(kinds.indexOf('ran') > 0 && kinds.indexOf('ran') < kinds.indexOf('done'));
  });

  it('leaves both calls answered when one of two had run already', async () => {
    const call = (code: string) =>
      ({ type: 'tool_use', name: 'run_code', input: { language: 'python', code, purpose: code } }) as const;
    let asked = 0;
    await stopAt((kind) => kind === 'ran', [reply([call('print(1)'), call('forever()')]), say('Now.')], {
      decide: (proposal) => {
        asked += 1;
        return approve(proposal);
      },
      execute: (code, signal) =>
        code === 'print(1)'
          ? { stdout: '1\n' }
          : new Promise((resolve) =>
              signal.addEventListener('abort', () => resolve({ status: 'cancelled' })),
            ),
    });
    assert.equal(asked, 2);
  });

  it('stops while it waits to try again', async () => {
    const waiting = (_ms: number, signal: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
    await stopAt(
      (kind) => kind === 'notice',
      ({ index }) =>
        index === 0
          ? { kind: 'failure', status: 429, type: 'rate_limit_error', message: 'slow', retryAfterSeconds: 9 }
          : say('Now.'),
      { parts: { pause: waiting } },
    );
  });

  it('does nothing when it is stopped before it starts', async () => {
    const { ask, server, events } = await open([say('Never.')]);
    await ask('Hi', { signal: AbortSignal.abort() });
    assert.equal(server.requests.length, 0);
    assert.deepEqual(events, [{ kind: 'done' }]);
  });
}).timeout(30_000);
