import assert from 'node:assert/strict';
import { reply, say, type Reply, type ReplyBlock } from '../../support/messages/script.ts';
import { openDesk, type Desk } from './agentDesk.ts';

const thought: ReplyBlock = { type: 'thinking', thinking: 'Let me think about this for a while.' };

describe('a reply of thoughts', () => {
  let desk: Desk | undefined;
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, [], 'the server refused a request');
    await desk?.close();
  });

  /** The assistant's message as it goes back after this reply. */
  const after = async (first: Reply): Promise<unknown> => {
    desk = await openDesk([first, say('Yes.')], { model: { thinking: { kind: 'budget', tokens: 2000 } } });
    await desk.ask('Think');
    assert.equal(await desk.ask('And?'), 'Yes.');
    return desk.server.requests[1]?.body.messages[1]?.content;
  };

  it('is kept with a word, since a message may not end with a thought', async () => {
    const content = JSON.stringify(await after(reply([thought])));
    assert.match(content, /"type":"thinking".*"text":"\(No answer\.\)"/);
  });

  it('that the token limit cut loses the one without a signature', async () => {
    const cut = reply([thought, { ...thought, unsigned: true }], { stopReason: 'max_tokens' });
    const content = JSON.stringify(await after(cut));
    assert.equal(content.split('"type":"thinking"').length, 2);
    assert.match(content, /The reply was cut off/);
  });

  it('that breaks off is written anew', async () => {
    desk = await openDesk([
      reply([thought, { type: 'text', text: 'So.' }], { cut: { at: 'mid-thinking', how: 'drop' }, chunk: 4 }),
      reply([thought, { type: 'text', text: 'So.' }]),
    ]);
    assert.equal(await desk.ask('Think'), 'So.');
    assert.equal(desk.of('retracted').length, 1);
  });
}).timeout(30_000);
