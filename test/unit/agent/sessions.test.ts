import assert from 'node:assert/strict';
import { runCode, say } from '../../support/messages/script.ts';
import { openDesk } from './agentDesk.ts';

describe('a conversation that keeps its state', () => {
  const script = () => [
    runCode('Now.', { code: 'x = 1', purpose: 'Set x' }),
    say('Done.'),
    runCode('Now.', { code: 'x', purpose: 'Show x' }),
    say('Done.'),
  ];

  it('runs in its session, says so to the model, and the records name it', async () => {
    let on = true;
    const sessionOf = (threadId: string) => (on ? `session of ${threadId}` : undefined);
    const desk = await openDesk(script(), { parts: { sessionOf } });
    try {
      await desk.ask('Set x.');
      on = false;
      await desk.ask('Show x.');
      const [first, , , last] = desk.records;
      assert.match(first?.sessionId ?? '', /^session of ./);
      assert.equal(last?.sessionId, undefined);
      assert.deepEqual(
        desk.records.map(({ sessionId }) => sessionId !== undefined),
        [true, true, false, false],
      );
      const tool = (request: number): string => JSON.stringify(desk.server.requests[request]);
      assert.match(tool(0), /share one Python session/);
      assert.match(tool(2), /Each call starts afresh/);
    } finally {
      await desk.close();
    }
  });

  it('that is switched off during an answer keeps none from the next run on', async () => {
    let on = true;
    const replies = [
      runCode('Now.', { code: 'x = 1', purpose: 'Set x' }),
      runCode('Now.', { code: 'x', purpose: 'Show x' }),
      say('Done.'),
    ];
    const desk = await openDesk(replies, {
      parts: { sessionOf: () => (on ? 'session' : undefined) },
      execute: () => {
        on = false;
        return {};
      },
    });
    try {
      await desk.ask('Set and show x.');
      assert.deepEqual(
        desk.records.map(({ sessionId }) => sessionId),
        ['session', 'session', undefined, undefined],
      );
    } finally {
      await desk.close();
    }
  });
});
