import assert from 'node:assert/strict';
import { runCode, say } from '../../support/messages/script.ts';
import { lastWords, toolResults } from '../../support/messages/storyText.ts';
import { inputFile, openDesk, type Desk } from './agentDesk.ts';

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
    await made.agent.rewind?.('t1', ['Second']);
    await made.ask('Second, otherwise');
    assert.match(sent(made), /"First".*Answer 0.*Second, otherwise/);
    assert.ok(!sent(made).includes('It is one'));
  });

  it('takes back everything', async () => {
    const made = await talked();
    await made.agent.rewind?.('t1', ['First', 'Second']);
    await made.ask('Anew');
    assert.equal(made.server.requests.at(-1)?.body.messages.length, 1);
  });

  it('goes on in a branch and leaves the conversation as it was', async () => {
    const made = await talked();
    await made.agent.branch?.('t1', 't2', []);
    await made.ask('In the branch', { threadId: 't2' });
    assert.match(sent(made), /It is one.*In the branch/);
    await made.ask('In the trunk');
    assert.ok(!sent(made).includes('In the branch'));
    assert.match(sent(made), /It is one.*In the trunk/);
  });

  it('leaves the files of the requests that a branch leaves behind, and takes those before along', async () => {
    const made = await openDesk(
      (request) =>
        lastWords(request).startsWith('Count') && toolResults(request).length === 0
          ? runCode('Running.', { code: 'print(1)', purpose: 'One' })
          : say('Fine.'),
      { mode: 'ask-on-findings' },
    );
    desk = made;
    await made.ask('First', { files: [inputFile('first.csv', 'a\n1\n')] });
    await made.ask('Second', { files: [inputFile('customers.csv', 'name\nMiller\n')] });
    await made.agent.branch?.('t1', 't2', ['Second']);
    await made.ask('Count', { threadId: 't2' });
    await made.ask('Count on');
    const files = made.of('proposed').map(({ proposal }) => proposal.files.map(({ name }) => name));
    assert.deepEqual(files, [['first.csv'], ['first.csv', 'customers.csv']]);
  });

  it('takes nothing of the model away for a request that failed before it was asked', async () => {
    let key: string | undefined = 'test-key-0123456789';
    const made = await openDesk((request) => say(`Answer ${request.index}.`), {
      parts: { apiKey: async () => key },
    });
    desk = made;
    await made.ask('First');
    key = undefined;
    await made.ask('Second');
    assert.equal(made.of('failed').at(-1)?.code, 'no-key');
    key = 'test-key-0123456789';
    assert.deepEqual(await made.agent.rewind?.('t1', ['Second']), { inSummary: false });
    await made.ask('Second again');
    assert.match(sent(made), /"First".*Answer 0.*Second again/);
    await made.agent.rewind?.('t1', ['Second', 'Second again']);
    await made.ask('Third');
    assert.match(sent(made), /"First".*Answer 0.*Third/);
    assert.ok(!sent(made).includes('Second again'), 'the later of the two was there');
  });

  it('goes back behind a summary without forgetting everything, and says what is left', async () => {
    const words = 'Some words about the figures of this year. '.repeat(10);
    const made = await openDesk(
      (request) =>
        say(lastWords(request).startsWith('Summarise') ? 'They asked about figures.' : `Fine. ${words}`),
      { model: { windowTokens: 2000 } },
    );
    desk = made;
    const asked = Array.from({ length: 12 }, (_, at) => `Question ${at}`);
    for (const requestId of asked) await made.ask(`${requestId}. ${words}`, { requestId });
    assert.match(sent(made), /They asked about figures/);
    const back = await made.agent.branch?.('t1', 't2', asked.slice(3));
    assert.deepEqual(back, { inSummary: true });
    await made.ask('Anew', { threadId: 't2' });
    assert.match(sent(made), /They asked about figures.*Anew/);
    assert.ok(!sent(made).includes('Question 11'));
    assert.deepEqual(await made.agent.rewind?.('t1', asked.slice(-1)), { inSummary: false });
    assert.deepEqual(await made.agent.rewind?.('t1', asked), { inSummary: false });
    await made.ask('From the beginning');
    assert.equal(made.server.requests.at(-1)?.body.messages.length, 1, 'all of the summary was taken back');
  });

  it('forgets a conversation', async () => {
    const made = await talked();
    await made.agent.forget?.('t1');
    await made.ask('Who are you?');
    assert.equal(made.server.requests.at(-1)?.body.messages.length, 1);
  });
}).timeout(30_000);
