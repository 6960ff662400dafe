import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import type { PermissionAnswer, PermissionRequest } from '../../../src/core/permission.ts';
import type { InputFile } from '../../../src/core/proposal.ts';
import { reply, runCode, say, type Turn } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { inputFile, openDesk, type Desk } from './agentDesk.ts';

const read = (file: string): Turn => reply([{ type: 'tool_use', name: 'read_file', input: { path: file } }]);

describe('files that may hold secrets', () => {
  let folder: string;
  let desk: Desk | undefined;
  let asked: PermissionRequest[];
  beforeEach(async () => {
    asked = [];
    folder = await mkdtemp(path.join(tmpdir(), 'glovebox-secret-'));
    await writeFile(path.join(folder, '.env'), 'MODE=test\nKEY=sk-ant-api03-abcdefghijklmnopqrst\n');
    await writeFile(path.join(folder, 'id_rsa'), 'private\n');
    await symlink('.env', path.join(folder, 'plain.txt'));
    await symlink('id_rsa', path.join(folder, '.env.local'));
  });
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
    await rm(folder, { recursive: true });
  });

  async function talk(
    turns: readonly Turn[],
    decide?: (request: PermissionRequest) => PermissionAnswer,
    files: readonly InputFile[] = [],
  ): Promise<string[]> {
    desk = await openDesk([...turns, say('Done.')], {
      parts: {
        workspace: workspaceFolder(folder),
        ...(decide === undefined
          ? {}
          : { permitter: { permit: async (request) => (asked.push(request), decide(request)) } }),
      },
    });
    assert.match(await desk.ask('Look', { files }), /Done\.$/);
    return toolResults(desk.server.requests.at(-1)!);
  }
  const allow = (request: PermissionRequest): PermissionAnswer => ({ kind: 'allow', hash: request.hash });

  it('are read when the person allows it, once for a conversation, and masked all the same', async () => {
    const results = await talk([read('.env'), read('.env')], allow);
    assert.equal(asked.length, 1);
    for (const result of results) assert.match(result, /MODE=test\nKEY=\[secret removed\]/);
  });

  it('are asked for where the opened folder makes them secret, also when they are attached', async () => {
    const root = folder;
    try {
      folder = path.join(root, '.ssh');
      await mkdir(folder);
      await writeFile(path.join(folder, 'work_key'), 'a key of work\n');
      assert.match((await talk([read('work_key')], allow))[0] ?? '', /a key of work/);
      assert.equal(asked.length, 1);
      await desk?.close();
      const attached = { ...inputFile('work_key', 'a key of work\n'), place: '.ssh/work_key' };
      const results = await talk([read('work_key')], () => ({ kind: 'refuse' }), [attached]);
      assert.match(results[0] ?? '', /did not let you read "work_key"/);
      assert.doesNotMatch(JSON.stringify(desk?.server.requests), /a key of work/);
    } finally {
      folder = root;
    }
  });

  it('stay closed when the person refuses, with the reason for the model', async () => {
    const [result = ''] = await talk([read('.env')], () => ({
      kind: 'refuse',
      reason: 'Ask me for the mode.',
    }));
    assert.match(result, /did not let you read "\.env"\. Ask me for the mode\./);
    assert.ok(!result.includes('MODE'));
  });

  it('stay closed where nobody can be asked', async () => {
    assert.match((await talk([read('.env')]))[0] ?? '', /may hold secrets/);
  });

  it('stay closed behind links: an approval is for the file that was named', async () => {
    assert.match((await talk([read('plain.txt')], allow))[0] ?? '', /may hold secrets/);
    await desk?.close();
    assert.match((await talk([read('.env.local')], allow))[0] ?? '', /may hold secrets/);
    assert.deepEqual(asked, []);
  });

  it('are not listed and not searched', async () => {
    await talk(
      [
        reply([{ type: 'tool_use', name: 'list_files', input: {} }]),
        reply([{ type: 'tool_use', name: 'search_files', input: { text: 'MODE' } }]),
      ],
      allow,
    );
    const [listed = '', found = ''] = [1, 2].map((at) => toolResults(desk!.server.requests[at]!)[0]);
    assert.match(listed, /no such files/);
    assert.match(found, /Nothing found/);
  });

  it('can be named in code after that, and the code is asked about once more', async () => {
    const code = runCode('Run.', { code: 'print(open(".env").read())', purpose: 'Look', files: ['.env'] });
    const [ran = ''] = await talk([read('.env'), code], allow);
    assert.match(ran, /^status: ok/);
    await desk?.close();
    assert.match((await talk([code], allow))[0] ?? '', /may hold secrets/);
  });
}).timeout(30_000);
