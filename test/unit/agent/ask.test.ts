import assert from 'node:assert/strict';
import { anyStory, storyRequests } from '../../support/messages/stories.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { reply, runCode, say } from '../../support/messages/script.ts';
import { approve, inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';
import type { Script } from '../../support/messages/script.ts';

describe('asking the agent', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, [], 'the server refused a request');
    await desk?.close();
    desk = undefined;
  });

  it('streams the answer and ends with done', async () => {
    const { ask, events, server } = await open([say('Hello there, this is an answer.', { chunk: 5 })]);
    assert.equal(await ask('Hi'), 'Hello there, this is an answer.');
    assert.deepEqual(
      events.map((event) => event.kind),
      ['text', 'text', 'text', 'text', 'text', 'text', 'text', 'usage', 'done'],
    );
    assert.equal(server.requests[0]?.body.temperature, 0.3);
    assert.equal(server.requests[0]?.headers['x-api-key'], 'test-key-0123456789');
  });

  it('proposes code, runs it after the approval and answers with its numbers', async () => {
    const stdout = 'Sorted: [1, 2, 3, 4, 5, 7, 8, 10]\nSame as sorted(): True\nTime: 6.5 microseconds\n';
    const { ask, events, executed, records, of } = await open(anyStory, { execute: () => ({ stdout }) });
    const text = await ask(storyRequests.quicksort);
    assert.match(text, /\[1, 2, 3, 4, 5, 7, 8, 10\].*6\.5 microseconds/);
    assert.equal(executed.length, 1);
    const kinds = events.map((event) => event.kind).filter((kind) => kind !== 'text');
    assert.deepEqual(kinds, ['drafting', 'usage', 'proposed', 'decided', 'run', 'ran', 'usage', 'done']);
    assert.equal(of('proposed')[0]?.proposal.title, 'quicksort-of-5-3-8-4-2-7-1-10-with-its.py');
    assert.equal(records.at(-1)?.decision.kind, 'run');
    assert.equal(records.at(-1)?.threadId, 't1');
  });

  it('corrects itself after a traceback', async () => {
    const { ask, executed } = await open(anyStory, {
      execute: (code) =>
        code.includes('import pandas')
          ? { status: 'error', exitCode: 1, stderr: "ModuleNotFoundError: No module named 'pandas'\n" }
          : {
              stdout: 'Month      Revenue\n2024-01    1,000.00\nTotal      1,000.00\nTrend: +2.50 a month\n',
            },
    });
    const text = await ask(storyRequests.sales, { files: [inputFile('sales.csv', 'date\n')] });
    assert.match(text, /\*\*1,000\.00\*\* over 1 months.*\+2\.50/s);
    assert.equal(executed.length, 2);
  });

  it('lets the person edit, and tells the model what ran', async () => {
    let asked = 0;
    const { ask, executed, server, of } = await open(
      [runCode('Let me.', { code: 'print(1)', purpose: 'One' }), say('Two.')],
      {
        decide: (proposal) => {
          asked += 1;
          return asked === 1 ? { kind: 'edit', code: 'print(2)' } : approve(proposal);
        },
      },
    );
    await ask('Print one');
    assert.deepEqual(executed, ['print(2)']);
    assert.deepEqual(
      of('proposed').map((event) => event.proposal.code),
      ['print(1)', 'print(2)'],
    );
    assert.deepEqual(
      of('decided').map((event) => event.decision.kind),
      ['edit', 'run'],
    );
    assert.match(toolResults(server.requests[1]!)[0] ?? '', /edited the code.*print\(2\)/s);
  });

  it('gives two parallel calls a decision each, and the model a result each', async () => {
    const call = (code: string) =>
      ({ type: 'tool_use', name: 'run_code', input: { language: 'python', code, purpose: code } }) as const;
    const { ask, executed, server } = await open(
      [reply([call('print(1)'), call('print(2)')]), say('Done.')],
      {
        decide: (proposal) =>
          proposal.code === 'print(1)' ? { kind: 'reject', reason: 'Not this one.' } : approve(proposal),
        execute: () => ({ stdout: 'two\n' }),
      },
    );
    assert.equal(await ask('Both'), 'Done.');
    assert.deepEqual(executed, ['print(2)']);
    const results = toolResults(server.requests[1]!);
    assert.match(results[0] ?? '', /rejected.*Not this one/s);
    assert.match(results[1] ?? '', /status: ok.*two/s);
  });

  it('remembers the conversation and its files', async () => {
    const { ask, server, executed } = await open([
      say('Seen.'),
      runCode('Again.', { code: 'open("data.csv")', purpose: 'Read', files: ['data.csv'] }),
      say('Read it.'),
    ]);
    await ask('Look', { files: [inputFile('data.csv', 'a\n1\n')] });
    await ask('Now read it');
    assert.equal(executed.length, 1);
    assert.equal(server.requests[1]?.body.messages.length, 3);
  });

  it('lets clean code of a conversation run without asking once the person said so', async () => {
    let asked = 0;
    let unasked = false;
    const { ask, executed, of } = await open(
      [
        runCode('A', { code: 'print(1)', purpose: 'One' }),
        runCode('B', { code: 'print(2)', purpose: 'Two' }),
        runCode('C', { code: 'import os; os.system("ls")', purpose: 'Three' }),
        say('End.'),
      ],
      {
        decide: (proposal) => {
          asked += 1;
          if (proposal.code.includes('os.system')) return { kind: 'reject' };
          unasked = true;
          return { ...approve(proposal), forConversation: true } as ReturnType<typeof approve>;
        },
        parts: { runsUnasked: (threadId) => unasked && threadId === 't1' },
      },
    );
    await ask('Go');
    assert.equal(asked, 2, 'the second is clean; the third is blocked and asked about');
    assert.deepEqual(executed, ['print(1)', 'print(2)']);
    assert.deepEqual(
      of('decided').map(({ decision }) => (decision.kind === 'run' ? decision.by : decision.kind)),
      ['person', 'conversation', 'reject'],
    );
  });
}).timeout(30_000);
