import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import type {
  ChangeResult,
  EditRequest,
  PermissionAnswer,
  PermissionRequest,
} from '../../../src/core/permission.ts';
import { openCheckpoints } from '../../../src/agent/checkpoints/openCheckpoints.ts';
import { reply, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { openDesk, type Desk } from './agentDesk.ts';

const allow = (request: PermissionRequest): PermissionAnswer => ({ kind: 'allow', hash: request.hash });

describe('proposing a change of a file', () => {
  let folder: string;
  let desk: Desk | undefined;
  let asked: PermissionRequest[];
  let written: EditRequest[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glovebox-edit-'));
    asked = [];
    written = [];
    await writeFile(path.join(folder, 'tax.py'), 'rate = 0.2\r\nprint(rate)\r\n');
    await writeFile(path.join(folder, '.env'), 'PLAIN=1\n');
    await mkdir(path.join(folder, 'src'));
  });
  afterEach(async () => {
    assert.deepEqual(desk?.server.rejections, []);
    await desk?.close();
    await rm(folder, { recursive: true });
  });

  /** Lets the model make one call; gives what it reads of it. */
  async function propose(
    input: object,
    decide: (request: PermissionRequest) => PermissionAnswer | Promise<PermissionAnswer> = allow,
    result: ChangeResult = { written: true },
  ): Promise<string> {
    desk = await openDesk(
      [
        reply([{ type: 'tool_use', name: 'propose_edit', input: { purpose: 'Mend', ...input } }]),
        say('Done.'),
      ],
      {
        parts: {
          workspace: workspaceFolder(folder),
          permitter: { permit: async (request) => (asked.push(request), decide(request)) },
          changes: { write: async (change) => (written.push(change), result) },
        },
      },
    );
    assert.equal(await desk.ask('Mend it'), 'Done.');
    return toolResults(desk.server.requests[1]!)[0] ?? '';
  }

  const edit = (find: string, replace: string) => ({ path: 'tax.py', edits: [{ find, replace }] });

  it('asks with both texts, and hands an allowed change to the editor', async () => {
    assert.match(await propose(edit('rate = 0.2\nprint', 'rate = 0.19\nprint')), /^status: ok/);
    const [change] = written;
    assert.equal(change?.before, 'rate = 0.2\nprint(rate)\n');
    assert.equal(change?.after, 'rate = 0.19\nprint(rate)\n');
    assert.equal(asked.length, 1);
    assert.deepEqual(desk?.of('changed')[0]?.result, { written: true });
    assert.match(
      await readFile(path.join(folder, 'tax.py'), 'utf8'),
      /0\.2\r\n/,
      'the agent wrote by itself',
    );
  });

  it('changes nothing that the editor, git or an agent obeys, by whatever way it is reached', async () => {
    await mkdir(path.join(folder, '.vscode'));
    await writeFile(path.join(folder, '.vscode', 'settings.json'), '{ "rate": 0.2 }\n');
    await symlink('.vscode', path.join(folder, 'config'));
    const places = ['.vscode/settings.json', 'config/settings.json'].map((name) => ({
      ...edit('0.2', '0.3'),
      path: name,
    }));
    const fresh = [
      '.vscode/tasks.json',
      'config/tasks.json',
      'a.code-workspace',
      '.github/skills/report/SKILL.md',
      '.claude/skills/report/run.py',
      'src/AGENTS.md',
    ];
    for (const input of [...places, ...fresh.map((name) => ({ path: name, content: '{}' }))]) {
      assert.match(await propose(input), /^Nothing was changed: .*other tools/, input.path);
      await desk?.close();
    }
    assert.deepEqual(asked, []);
  });

  it('writes nothing that was refused, and tells the model why', async () => {
    const answer = await propose(edit('0.2', '0.3'), () => ({ kind: 'refuse', reason: 'It is 19 %.' }));
    assert.match(answer, /^status: rejected\n.*It is 19 %\./);
    assert.deepEqual(written, []);
  });

  it('writes nothing when the file has changed while the person thought', async () => {
    const answer = await propose(edit('print(rate)', 'print(1)'), async (request) => {
      await writeFile(path.join(folder, 'tax.py'), 'rate = 0.25\nprint(rate)\n');
      return allow(request);
    });
    assert.match(answer, /has changed since it was shown/);
    assert.deepEqual(written, []);
  });

  it('writes nothing for an answer to another change', async () => {
    const answer = await propose(edit('0.2', '0.3'), () => ({ kind: 'allow', hash: 'other' }));
    assert.match(answer, /^status: rejected/);
    assert.deepEqual(written, []);
  });

  it('tells the model that the editor changed more on saving', async () => {
    const answer = await propose(edit('0.2', '0.3'), allow, { written: true, saved: 'rate = 0.30\n' });
    assert.match(answer, /^status: ok\n"tax\.py" was changed\. .*changed more of it.*Read it again/);
  });

  it('tells the model what the editor could not do', async () => {
    const answer = await propose(edit('0.2', '0.3'), allow, {
      written: false,
      reason: 'It has unsaved changes.',
    });
    assert.match(answer, /^status: error\n.*It has unsaved changes\./);
  });

  it('makes a new file, and never over one that exists', async () => {
    assert.match(await propose({ path: 'src/new.py', content: 'print(1)\n' }), /^status: ok/);
    assert.equal(written[0]?.before, undefined);
    await desk?.close();
    assert.match(await propose({ path: 'tax.py', content: 'gone' }), /exists already/);
    assert.equal(written.length, 1);
  });

  for (const [what, input, expected] of [
    ['text that is not there', edit('nowhere', 'x'), /is not in the file/],
    ['text that is there twice', edit('rate', 'x'), /more than once/],
    ['edits that change nothing', edit('rate = 0.2', 'rate = 0.2'), /change nothing/],
    ['neither edits nor content', { path: 'tax.py' }, /either edits/],
    ['a path outside', { path: '../tax.py', content: 'x' }, /not a path inside/],
    ['an absolute path', { path: '/etc/hosts', edits: [{ find: 'a', replace: 'b' }] }, /not a path inside/],
    ['a secret file', { path: '.env', edits: [{ find: '1', replace: '2' }] }, /may hold secrets/],
    ['a new secret file', { path: 'id_rsa', content: 'x' }, /place for secrets/],
    ['what direnv runs', { path: 'src/.envrc', content: 'x' }, /place for secrets/],
    ['the folder of git', { path: '.git/hooks/pre-commit', content: 'x' }, /place for secrets/],
    [
      'control characters in a new file',
      { path: 'a.py', content: 's = "\u001b]"' },
      /character U\+001B .*\\x1b/,
    ],
    ['control characters in an edit', edit('0.2', '0.2 #\u009b'), /character U\+009B/],
    ['a folder of what programs made', { path: 'node_modules/a.js', content: 'x' }, /left alone/],
  ] as const) {
    it(`asks nobody about ${what}`, async () => {
      assert.match(await propose(input), expected);
      assert.deepEqual([asked, written], [[], []]);
    });
  }

  it('keeps control characters that a file has already, and form feeds and tabs', async () => {
    await writeFile(path.join(folder, 'tax.py'), 'red = "\u001b[31m"\nrate = 0.2\n');
    assert.match(await propose(edit('0.2', '0.3\n\f\tx = 1\r2')), /^status: ok/);
    assert.equal(written[0]?.after, 'red = "\u001b[31m"\nrate = 0.3\n\f\tx = 1\r2\n');
    await desk?.close();
    assert.match(await propose(edit('31m', '31m\u001b[0m')), /character U\+001B/);
  });

  it('makes no file behind a link that leads outside', async () => {
    const outside = await mkdtemp(path.join(tmpdir(), 'glovebox-outside-'));
    try {
      await symlink(outside, path.join(folder, 'link'));
      assert.match(await propose({ path: 'link/new.py', content: 'x' }), /not a folder of the workspace/);
      assert.deepEqual(asked, []);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it('waits over a restart, and asks the same again', async () => {
    const store = openCheckpoints(path.join(folder, 'conversations.db'));
    const window = new AbortController();
    const parts = {
      workspace: workspaceFolder(folder),
      checkpoints: store,
      changes: { write: async (change: EditRequest) => (written.push(change), { written: true } as const) },
    };
    desk = await openDesk(
      [
        reply([
          { type: 'tool_use', name: 'propose_edit', input: { purpose: 'Mend', ...edit('0.2', '0.19') } },
        ]),
        say('Done.'),
      ],
      {
        parts: {
          ...parts,
          permitter: {
            permit: async (request, signal) => {
              asked.push(request);
              if (asked.length > 1) return allow(request);
              // The window closes.
              void desk?.agent.close().then(() => window.abort());
              return new Promise((_, reject) =>
                signal.addEventListener('abort', () => reject(signal.reason as Error)),
              );
            },
          },
        },
      },
    );
    await desk.ask('Mend it', { signal: window.signal });
    assert.equal(await desk.agent.hasPending('t1'), true);
    const events: string[] = [];
    await desk.agent.resume('t1', (event) => events.push(event.kind), new AbortController().signal);
    assert.equal(asked[0]?.hash, asked[1]?.hash);
    assert.equal(written.length, 1);
    assert.ok(events.includes('changed'));
    store.close();
  });

  it('is not offered where nobody can be asked', async () => {
    desk = await openDesk([say('Hi.')], { parts: { workspace: workspaceFolder(folder) } });
    await desk.ask('Hi');
    assert.ok(!JSON.stringify(desk.server.requests[0]?.body.tools).includes('propose_edit'));
  });
}).timeout(30_000);
