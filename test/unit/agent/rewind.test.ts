import assert from 'node:assert/strict';
import { runCode, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { openDesk, type Desk } from './agentDesk.ts';

describe('going back in a conversation', () => {
  let desk: Desk | undefined;
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
  });

  /** Two turns, of which the second ran code. */
  const talked = async (): Promise<Desk> => {
    const made = await openDesk((request) => {
      if (request.index === 1) return runCode('Running.', { code: 'print(1)', purpose: 'One' });
      return say(toolResults(request).length > 0 ? 'It is one.' : `Answer ${request.index}.`);
    });
    desk = made;
    await made.ask('First');
    await made.ask('Second');
    return made;
  };
  const sent = (made: Desk): string => JSON.stringify(made.server.requests.at(-1)?.body.messages);

  it('takes back the last message, to ask it otherwise', async () => {
    const made = await talked();
    await made.agent.rewind?.('t1', 1);
    await made.ask('Second, otherwise');
    assert.match(sent(made), /"First".*Answer 0.*Second, otherwise/);
    assert.ok(!sent(made).includes('It is one'));
  });

  it('takes back everything', async () => {
    const made = await talked();
    await made.agent.rewind?.('t1', 2);
    await made.ask('Anew');
    assert.equal(made.server.requests.at(-1)?.body.messages.length, 1);
  });

  it('goes on in a branch and leaves the conversation as it was', async () => {
    const made = await talked();
    await made.agent.branch?.('t1', 't2', 0);
    await made.ask('In the branch', { threadId: 't2' });
    assert.match(sent(made), /It is one.*In the branch/);
    await made.ask('In the trunk');
    assert.ok(!sent(made).includes('In the branch'));
    assert.match(sent(made), /It is one.*In the trunk/);
  });

  it('forgets a conversation', async () => {
    const made = await talked();
    await made.agent.forget?.('t1');
    await made.ask('Who are you?');
    assert.equal(made.server.requests.at(-1)?.body.messages.length, 1);
  });
}).timeout(30_000);
