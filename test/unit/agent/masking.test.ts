import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSkills } from '../../../src/agent/skills/loadSkills.ts';
import type { EditorMessage } from '../../../src/agent/editorMessages.ts';
import { reply, runCode, say, type ReplyBlock } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { approve, inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';
import { givenFiles } from './givenFiles.ts';

const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`;
const keyLines = Array.from({ length: 6 }, (_, index) => `${index}`.padEnd(64, 'AbC1'));
const pem = ['-----BEGIN PRIVATE KEY-----', ...keyLines, '-----END PRIVATE KEY-----'].join('\n');

describe('secrets on their way to the model', () => {
  let desk: Desk | undefined;
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections ?? [], []);
    await desk?.close();
  });

  const use = async (name: string, input: object, parts: DeskOptions['parts'], files: string[] = []) => {
    const call: ReplyBlock = { type: 'tool_use', name, input };
    desk = await openDesk([reply([call]), say('I see.')], { ...(parts === undefined ? {} : { parts }) });
    await desk.ask('Look', { files: files.map((each) => inputFile(each, `${pem}\nplain`)) });
    return toolResults(desk.server.requests[1]!)[0] ?? '';
  };

  it('are masked in code that the person edited, and in the reason for a refusal', async () => {
    desk = await openDesk(
      [
        runCode('A.', { code: 'a()', purpose: 'A' }),
        runCode('B.', { code: 'b()', purpose: 'B' }),
        say('So.'),
      ],
      {
        decide: (proposal) => {
          if (proposal.code === 'a()') return { kind: 'edit', code: `token = "${token}"` };
          return proposal.code === 'b()' ? { kind: 'reject', reason: `Use ${token}.` } : approve(proposal);
        },
      },
    );
    await desk.ask('Go');
    const sent = JSON.stringify(desk.server.requests.map(({ body }) => body.messages));
    assert.match(sent, /What ran:\\n<code>\\ntoken = \\"\[secret removed\]\\"/);
    assert.match(sent, /Use \[secret removed\]\./);
    assert.ok(!sent.includes(token));
  });

  it('are masked in a key of which only some lines are read', async () => {
    const workspace = givenFiles({ 'notes.md': `a\n${pem}\nz\n` });
    assert.match(
      await use('read_file', { path: 'notes.md', from: 4, lines: 3 }, { workspace }),
      /<file>\n\n\n<\/file>/,
    );
    await desk?.close();
    assert.match(
      await use('read_file', { path: 'notes.md', from: 10 }, { workspace }),
      /<file>\nz\n<\/file>/,
    );
    await desk?.close();
    assert.equal(await use('search_files', { text: 'AbC1' }, { workspace }), 'Nothing found.');
  });

  it('are masked in skills, whose files are cut where they are long', async () => {
    const root = await mkdtemp(path.join(tmpdir(), 'glovebox-masking-'));
    try {
      const folder = path.join(root, 'deploy');
      await mkdir(folder);
      await writeFile(
        path.join(folder, 'SKILL.md'),
        `---\nname: deploy\ndescription: Does.\n---\n\nUse ${token}.\n`,
      );
      await writeFile(path.join(folder, 'long.txt'), `${token}\n${'line\n'.repeat(40_000)}`);
      const skills = () => loadSkills([{ origin: 'home', folder: root }]);
      assert.match(await use('use_skill', { name: 'deploy' }, { skills }), /Use \[secret removed\]\./);
      await desk?.close();
      const long = await use('use_skill', { name: 'deploy', file: 'long.txt' }, { skills });
      assert.match(long, /^\[secret removed\]\nline/);
      assert.ok(long.length < 25_000);
      await desk?.close();
      desk = await openDesk([say('Yes.')], { parts: { skills } });
      await desk.ask('/deploy now');
      assert.match(JSON.stringify(desk.server.requests[0]?.body.messages), /Use \[secret removed\]\./);
    } finally {
      await rm(root, { recursive: true });
    }
  });

  it("are masked for a model of the editor too, the API's key among them", async () => {
    const sent: EditorMessage[][] = [];
    const key = 'my-own-gateway-key';
    desk = await openDesk([], {
      execute: () => ({ stdout: `key ${key}\n` }),
      parts: {
        apiKey: async () => key,
        editorModel: async () => ({
          id: 'editor-claude',
          async *send(messages) {
            sent.push([...messages]);
            if (sent.length > 1) yield { kind: 'text', text: 'So.' };
            else {
              const input = { language: 'python', code: 'x()', purpose: 'X' };
              yield { kind: 'call', id: 'call-1', name: 'run_code', input };
            }
          },
        }),
      },
    });
    assert.equal(await desk.ask('Go'), 'So.');
    assert.match(JSON.stringify(sent[1]), /key \[secret removed\]/);
  });
}).timeout(30_000);
