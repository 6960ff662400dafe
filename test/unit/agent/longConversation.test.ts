import assert from 'node:assert/strict';
import { failure, runCode, say, type Script, type ScriptedRequest } from '../../support/messages/script.ts';
import { lastWords, toolResults } from '../../support/messages/storyText.ts';
import { inputFile, openDesk, type Desk } from './agentDesk.ts';

const isSummary = (request: ScriptedRequest): boolean => lastWords(request).startsWith('Summarise');
const filler = 'Some words about the figures of this year. '.repeat(10);

describe('a long conversation', () => {
  let desk: Desk | undefined;
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
  });

  const converse = async (script: Script, windowTokens: number, messages: number): Promise<Desk> => {
    desk = await openDesk(script, {
      model: { windowTokens },
      execute: () => ({ stdout: 'Total 4711.00\n' }),
    });
    await desk.ask('Add it up', { files: [inputFile('sales.csv', 'a\n')] });
    for (let count = 2; count < messages; count += 2) await desk.ask(`Question ${count}. ${filler}`);
    return desk;
  };

  const talk: Script = (request) => {
    if (isSummary(request)) return say('They added up sales.csv and asked many questions.');
    if (lastWords(request).startsWith('Add') && toolResults(request).length === 0)
      return runCode('Adding.', { code: 'print(total)', purpose: 'Add up', files: ['sales.csv'] });
    return say(`An answer. ${filler}`);
  };

  it('of sixty messages is summarised before the window is full, and keeps its results', async () => {
    const windowTokens = 6000;
    const { server, of } = await converse(talk, windowTokens, 60);
    const summaries = server.requests.filter(isSummary);
    assert.ok(summaries.length >= 1);
    for (const request of server.requests)
      assert.ok(JSON.stringify(request.body).length / 4 < windowTokens, 'a request outgrew the window');
    const last = JSON.stringify(server.requests.at(-1)?.body.messages);
    assert.match(last, /Summary of the conversation so far.*They added up sales\.csv/s);
    assert.match(last, /Total 4711\.00/);
    assert.match(last, /Question 58/);
    assert.ok(of('notice').some(({ message }) => message.includes('summarised')));
    assert.ok(
      !of('text').some(({ delta }) => delta.includes('They added up')),
      'the summary is not for the screen',
    );
  });

  it('keeps its attached files', async () => {
    const { server, executed, ask } = await converse(
      (request) =>
        lastWords(request).startsWith('Again') && toolResults(request).length === 0
          ? runCode('Again.', { code: 'again()', purpose: 'Again', files: ['sales.csv'] })
          : talk(request),
      6000,
      40,
    );
    await ask('Again, please');
    assert.ok(server.requests.some(isSummary));
    assert.equal(executed.at(-1), 'again()');
  });

  it('goes on as it is when the summary fails', async () => {
    const { of } = await converse((request) => (isSummary(request) ? failure(400) : talk(request)), 3000, 20);
    assert.equal(of('failed').length, 0);
  });

  it('is left alone while there is room', async () => {
    const { server } = await converse(talk, 200_000, 20);
    assert.equal(server.requests.filter(isSummary).length, 0);
  });
}).timeout(60_000);
