import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { failure, reply, runCode, say, type Script } from '../../support/messages/script.ts';
import { loadSkills } from '../../../src/agent/skills/loadSkills.ts';
import { wholeLines } from '../../support/requests/requestText.ts';
import { matchKept } from '../../support/requests/keptFile.ts';
import { standardRequest } from '../../support/requests/standardRequest.ts';
import { lastWords } from '../../support/messages/storyText.ts';
import { anyStory, storyRequests } from '../../support/messages/stories.ts';
import { pngPicture } from '../../support/pictures.ts';
import { givenFiles } from './givenFiles.ts';
import { inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('the standard request', () => {
  it('has every tool and the skills that are shipped', async () => {
    await matchKept('standard', `${wholeLines(await standardRequest()).join('\n')}\n`);
  });
}).timeout(30_000);

// What is sent in these tests is compared with test/fixtures/requests, as in all others.
describe('the requests that the agent sends', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options?: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, [], 'the server refused a request');
    await desk?.close();
  });

  it('for a question without code', async () => {
    const { ask } = await open([say('A sandbox is a place where code can hurt nothing.'), say('Yes.')]);
    await ask('What is a sandbox?');
    await ask('Is this one?');
  });

  it('for the sales story, with a correction after a traceback', async () => {
    const { ask } = await open(anyStory, {
      execute: (code) =>
        code.includes('import pandas')
          ? { status: 'error', exitCode: 1, stderr: "ModuleNotFoundError: No module named 'pandas'\n" }
          : {
              stdout: 'Month      Revenue\n2024-01    1,000.00\nTotal      1,000.00\nTrend: +2.50 a month\n',
            },
    });
    await ask(storyRequests.sales, { files: [inputFile('sales.csv', 'date,region\n')] });
  });

  it('for a rejection, an edit and a blocked program', async () => {
    const call = (code: string) =>
      ({ type: 'tool_use', name: 'run_code', input: { language: 'python', code, purpose: code } }) as const;
    const { ask } = await open(
      [
        reply([{ type: 'text', text: 'Three ways.' }, call('one()'), call('two()'), call('os.system("x")')]),
        say('So be it.'),
      ],
      {
        decide: (proposal) => {
          if (proposal.code === 'two()') return { kind: 'edit', code: 'print(2)' };
          if (proposal.code === 'print(2)') return { kind: 'run', hash: proposal.hash, by: 'person' };
          return { kind: 'reject', reason: proposal.code === 'one()' ? 'Use a loop.' : 'No.' };
        },
        execute: () => ({ stdout: '2\n' }),
      },
    );
    await ask('Try');
  });

  it('for a chart, so that the model sees it', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'glovebox-chart-'));
    try {
      const file = path.join(folder, 'chart.png');
      await writeFile(file, pngPicture(300, 200));
      const { ask } = await open([runCode('Drawing.', { code: 'plot()', purpose: 'Draw' }), say('There.')], {
        execute: () => ({ artifacts: [{ name: 'chart.png', mime: 'image/png', bytes: 300, path: file }] }),
      });
      await ask('Draw');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('with extended thinking, whose blocks go back as they came', async () => {
    const { ask, of } = await open(
      [
        reply([
          { type: 'thinking', thinking: 'They want a number. I will compute it.' },
          { type: 'redacted_thinking', data: 'b3BhcXVl' },
          { type: 'text', text: 'Computing.' },
          {
            type: 'tool_use',
            name: 'run_code',
            input: { language: 'python', code: 'print(42)', purpose: 'Compute' },
          },
        ]),
        reply([
          { type: 'thinking', thinking: 'It is 42.' },
          { type: 'text', text: 'It is 42.' },
        ]),
        say('As I said.'),
      ],
      { model: { thinking: { kind: 'budget', tokens: 2000 } }, execute: () => ({ stdout: '42\n' }) },
    );
    await ask('Compute');
    await ask('And?');
    assert.equal(
      of('thinking')
        .map((event) => event.delta)
        .join(''),
      'They want a number. I will compute it.It is 42.',
    );
  });

  it('for looking at files, one of them secret, and changing one', async () => {
    const use = (name: string, input: object) => ({ type: 'tool_use', name, input }) as const;
    const edits = [{ find: '0.2', replace: '0.19' }];
    const { ask } = await open(
      [
        reply([use('list_files', {}), use('search_files', { text: 'rate' })]),
        reply([use('read_file', { path: 'tax.py' }), use('read_file', { path: '.env' })]),
        reply([use('propose_edit', { path: 'tax.py', purpose: 'The rate is 19 %', edits })]),
        say('The rate is 19 % now.'),
      ],
      {
        parts: {
          workspace: givenFiles({ 'tax.py': 'rate = 0.2\n', '.env': 'MODE=test\n' }),
          changes: { write: async () => ({ written: true }) },
          permitter: {
            permit: async ({ kind, hash }) =>
              kind === 'edit' ? { kind: 'allow', hash } : { kind: 'refuse', reason: 'It is private.' },
          },
        },
      },
    );
    await ask('The rate is 19 %. Mend tax.py.');
  });

  it('for a picture and a table that were attached', async () => {
    const { ask } = await open([say('A chart with one bar, and a table.')]);
    const picture = inputFile('chart.png', pngPicture(300, 200));
    await ask('What is this?', { files: [picture, inputFile('sales.csv', 'day,units\n2024-01-01,3\n')] });
  });

  it('for a skill that the person names, and one that the model reads', async () => {
    const skills = path.join(import.meta.dirname, '../../../media/skills');
    const { ask } = await open(
      [
        reply([{ type: 'tool_use', name: 'use_skill', input: { name: 'chart-making', file: 'style.py' } }]),
        say('I know how.'),
      ],
      { parts: { skills: () => loadSkills([{ origin: 'extension', folder: skills }]) } },
    );
    await ask('/data-analysis sales by month');
  });

  it('for a summary of what was said before', async () => {
    const { ask } = await open(
      (request) =>
        lastWords(request).startsWith('Summarise')
          ? say('They asked for one and for two.')
          : say('Yes.', { usage: { input: request.body.messages.length * 1000, output: 5 } }),
      { model: { windowTokens: 4000 } },
    );
    for (const text of ['One', 'Two', 'Three']) await ask(text);
  });

  it('after a reply that broke off, exactly as before it', async () => {
    const { ask, server } = await open([
      say('One two', { cut: { at: 'mid-text', how: 'drop' } }),
      failure(529),
      say('One.'),
    ]);
    await ask('Count');
    assert.equal(server.requests.length, 3);
    assert.deepEqual(server.requests[1]?.body, server.requests[0]?.body);
    assert.deepEqual(server.requests[2]?.body, server.requests[0]?.body);
  });

  it('for models that take no temperature and no budget', async () => {
    const { ask, server } = await open(() => say('Hi.'), {
      model: { model: 'claude-sonnet-5-5', thinking: { kind: 'budget', tokens: 2000 } },
    });
    await ask('Hi');
    const body = server.requests[0]?.body;
    assert.equal(body?.temperature, undefined);
    assert.deepEqual(body?.thinking, { type: 'adaptive' });
  });

  it('count what is paid for', async () => {
    const { ask, of } = await open([
      say('Hi.', { usage: { input: 10, output: 7, cacheRead: 200, cacheWrite: 30 } }),
    ]);
    await ask('Hi');
    assert.deepEqual(of('usage')[0]?.usage, {
      inputTokens: 10,
      outputTokens: 7,
      cacheReadTokens: 200,
      cacheWriteTokens: 30,
      // claude-sonnet-4-6: 3 and 15 dollars a million, cached input a tenth, writing it a quarter more.
      costUsd: ((10 + 20 + 37.5) * 3 + 7 * 15) / 1_000_000,
    });
  });
}).timeout(30_000);
