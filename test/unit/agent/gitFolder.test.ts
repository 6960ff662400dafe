import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import type { EditRequest } from '../../../src/core/permission.ts';
import { reply, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { openDesk } from './agentDesk.ts';

const ofGit = /git repository that is not called \.git/;
const pieces = ['HEAD', 'config', 'objects/readme', 'refs/readme'];

function orders<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, at) => orders(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}

describe('a folder that git would take for a repository', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'glovebox-bare-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const creatable = (name: string) => workspaceFolder(root).creatable(name);
  const create = async (name: string, text = 'x'): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  /** Whether git's own look at a folder finds one. */
  const isRepository = async (folder: string): Promise<boolean> => {
    const names: string[] = await readdir(path.join(root, folder)).catch(() => []);
    return (
      names.includes('HEAD') &&
      (names.includes('commondir') || (names.includes('objects') && names.includes('refs')))
    );
  };

  it('is not made piece by piece, in any order', async () => {
    for (const [index, order] of orders(pieces).entries()) {
      let refused = 0;
      for (const piece of order) {
        const name = `docs${index}/${piece}`;
        const problem = await creatable(name);
        if (problem === undefined) await create(name);
        else {
          assert.match(problem, ofGit, order.join());
          refused += 1;
        }
      }
      assert.ok(refused > 0, order.join());
      assert.equal(await isRepository(`docs${index}`), false, order.join());
    }
  });

  it('is not made by a link to its store, at the top, under other spellings or behind a link', async () => {
    await create('a/HEAD');
    assert.match((await creatable('a/commondir')) ?? '', ofGit);
    for (const folder of ['objects', 'refs']) {
      await mkdir(path.join(root, folder));
      await mkdir(path.join(root, 'b', folder), { recursive: true });
    }
    for (const name of ['HEAD', 'config', 'b/head', 'b/CONFIG. ', 'b/\uff43onfig'])
      assert.match((await creatable(name)) ?? '', ofGit, name);
    await symlink('b', path.join(root, 'link'));
    assert.match((await creatable('link/config')) ?? '', ofGit);
    assert.equal(await creatable('b/readme.md'), undefined);
    assert.equal(await creatable('b/config/app.json'), undefined, 'a folder of that name is none of git');
  });

  it('has nothing changed or added that git obeys, and all else as ever', async () => {
    for (const name of ['HEAD', 'config', 'objects/x', 'refs/x', 'hooks/sample', 'main/a.py'])
      await create(`fixture.git/${name}`);
    await symlink('fixture.git/hooks', path.join(root, 'innocent'));
    const folder = workspaceFolder(root);
    const change = async (name: string) => folder.open(name, { change: true });
    for (const name of [
      'fixture.git/config',
      'fixture.git/HEAD',
      'fixture.git/hooks/sample',
      'innocent/sample',
    ]) {
      const found = await change(name);
      assert.match(found.found ? '' : found.reason, ofGit, name);
      assert.equal((await folder.open(name)).found, true, 'it can be read');
    }
    for (const name of ['fixture.git/hooks/pre-commit', 'innocent/pre-commit', 'fixture.git/info/attributes'])
      assert.match((await creatable(name)) ?? '', ofGit, name);
    assert.equal((await change('fixture.git/main/a.py')).found, true);
    assert.equal(await creatable('fixture.git/main/b.py'), undefined);
  });

  it('obeys nothing that is reached by a link to a folder that holds much else', async () => {
    await mkdir(path.join(root, '.github'));
    await symlink('.github', path.join(root, 'g'));
    assert.match((await creatable('g/skills/x/SKILL.md')) ?? '', /other tools/);
    assert.equal(await creatable('g/workflows/x.yml'), undefined);
  });

  it('is not made by changes that one reply proposes and a person allows all at once', async () => {
    const written: string[] = [];
    const call = (piece: string) => ({
      type: 'tool_use' as const,
      name: 'propose_edit',
      input: { purpose: 'Write docs', path: `docs/${piece}`, content: 'x\n' },
    });
    const desk = await openDesk([reply(pieces.map(call)), say('Done.')], {
      parts: {
        workspace: workspaceFolder(root),
        permitter: { permit: async ({ hash }) => ({ kind: 'allow', hash }) },
        changes: {
          write: async (change: EditRequest) => {
            await create(change.path);
            written.push(change.path);
            return { written: true };
          },
        },
      },
    });
    try {
      assert.equal(await desk.ask('Write'), 'Done.');
      const answers = toolResults(desk.server.requests[1]!);
      assert.equal(answers.filter((answer) => ofGit.test(answer)).length, 1, answers.join('\n'));
      assert.equal(written.length, 3);
      assert.equal(await isRepository('docs'), false);
      assert.deepEqual(desk.server.rejections, []);
    } finally {
      await desk.close();
    }
  });
}).timeout(30_000);
