import assert from 'node:assert/strict';
import { MemorySaver } from '@langchain/langgraph';
import { runCode, say, type Script } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { approve, inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';
import { givenFiles } from './givenFiles.ts';

const workspace = givenFiles({ 'data/other.csv': 'x' });

const asking = (files: readonly string[]): Script => [
  runCode('Reading.', { code: 'print(1)', purpose: 'Read', files }),
  say('Done.'),
];

describe('files that the model asks for', () => {
  let desk: Desk | undefined;
  const open = async (script: Script, options: DeskOptions) => (desk = await openDesk(script, options));
  afterEach(() => desk?.close());

  it('are shown with the proposal, and asked for even where clean code runs by itself', async () => {
    let asked: readonly string[] | undefined;
    const { ask, executed } = await open(asking(['data/other.csv']), {
      mode: 'ask-on-findings',
      parts: { workspace },
      decide: (proposal) => {
        asked = proposal.unattachedFiles;
        return approve(proposal);
      },
    });
    await ask('Go');
    assert.deepEqual(asked, ['data/other.csv']);
    assert.equal(executed.length, 1);
  });

  it('run by policy when the person attached them', async () => {
    let asked = 0;
    const { ask, executed } = await open(asking(['other.csv']), {
      mode: 'ask-on-findings',
      parts: { workspace },
      decide: (proposal) => {
        asked += 1;
        return approve(proposal);
      },
    });
    await ask('Go', { files: [inputFile('data/other.csv', 'x')] });
    assert.equal(asked, 0);
    assert.equal(executed.length, 1);
  });

  it('are looked at anew after a run that could not be made, and not before', async () => {
    for (const [status, looks] of [
      ['unavailable', 2],
      ['ok', 1],
    ] as const) {
      let opened = 0;
      const counting = { ...workspace, open: async (name: string) => ((opened += 1), workspace.open(name)) };
      const read = (code: string) =>
        runCode('Reading.', { code, purpose: 'Read', files: ['data/other.csv'] });
      const { ask } = await open([read('print(1)'), read('print(2)'), say('Done.')], {
        parts: { workspace: counting },
        execute: async () => ({ status }),
      });
      await ask('Go');
      assert.equal(opened, looks, status);
      await desk?.close();
    }
  });

  for (const [name, reason] of [
    ['../../etc/passwd', /not a path inside/],
    ['.env', /secrets/],
    ['none.csv', /no file/],
  ] as const) {
    it(`come to nothing for ${name}`, async () => {
      const { ask, executed, server } = await open(asking([name]), { parts: { workspace } });
      await ask('Go');
      assert.deepEqual(executed, []);
      assert.match(toolResults(server.requests[1]!)[0] ?? '', reason);
    });
  }

  it('are told the person as well where they are gone by the time that an approved program would run', async () => {
    const checkpoints = new MemorySaver();
    // A mark that turns the direction of the text must not lie about the name.
    const name = 'data/\u202eother.csv';
    const first = await openDesk(asking([name]), {
      parts: { checkpoints, workspace: givenFiles({ [name]: 'x' }) },
      decide: () => new Promise(() => undefined),
    });
    void first.ask('Go');
    while (first.of('proposed').length === 0) await new Promise(setImmediate);
    await first.agent.close();
    const { agent, events, executed, of, server } = await open([say('It is gone.')], {
      parts: { checkpoints, workspace: givenFiles({}) },
    });
    await agent.resume('t1', (event) => events.push(event), new AbortController().signal);
    await first.close();
    assert.deepEqual(executed, []);
    assert.deepEqual(
      of('notice').map(({ message }) => message),
      ['The program was not run: There is no file "data/other.csv" in the workspace.'],
    );
    assert.match(toolResults(server.requests[0]!)[0] ?? '', /^Nothing was run: There is no file/);
  });

  it('come to nothing without a workspace', async () => {
    const { ask, server } = await open(asking(['data/other.csv']), {});
    await ask('Go');
    assert.match(toolResults(server.requests[1]!)[0] ?? '', /not attached/);
  });
}).timeout(30_000);
