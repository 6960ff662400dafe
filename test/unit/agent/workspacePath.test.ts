import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import { isObeyedPath, workspacePath } from '../../../src/agent/workspacePath.ts';

describe('what the agent may read of a workspace', () => {
  it('takes paths inside, in their shortest form', () => {
    assert.equal(workspacePath('data/./sales.csv'), 'data/sales.csv');
    assert.equal(workspacePath('a//b/'), 'a/b');
    assert.equal(workspacePath('..a/b..c'), '..a/b..c');
  });

  for (const name of [
    '',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a/..',
    '~/x',
    'C:/x',
    'a\\..\\x',
    'a\u0000b',
    'a\u2028b',
    'a\u0085b',
    '.',
  ]) {
    it(`refuses ${JSON.stringify(name)}`, () => assert.equal(workspacePath(name), undefined));
  }

  it('knows what the editor, git or an agent obeys, in every spelling', () => {
    for (const name of [
      '.vscode/tasks.json',
      '.VSCode./settings.json',
      '.git::$INDEX_ALLOCATION/hooks/pre-commit',
      'app/.claude/skills/x/SKILL.md',
      '.github/skills/x/SKILL.md',
      '.github/copilot-instructions.md',
      '.github/prompts/x.prompt.md',
      'AGENTS.md',
      'docs/CLAUDE.md. ',
      'CLAUDE.local.md',
      '.cursorrules',
      '.mcp.json',
      '.envrc',
      '.yarnrc.yml',
      '.pnpmfile.cjs',
      'mise.toml',
      '.mise.local.toml',
      '.config/mise/config.toml',
      '.cargo/config.toml',
      '.yarn/releases/yarn-4.cjs',
      '.exrc',
      '.nvim.lua',
      '.gdbinit',
      'opencode.json',
      'QWEN.md',
      '.qwen/settings.json',
      '.trae/rules/x.md',
      '.augment/rules/x.md',
      '.v\u017fcode/settings.json',
      '.hu\u017f\u212ay/pre-commit',
      '.gi\u200dt/hooks/pre-commit',
      '.github/hoo\u212as/x.json',
      'work.code-work\u017fpace',
    ])
      assert.equal(isObeyedPath(name), true, name);
    for (const name of [
      '.github/workflows/test.yml',
      '.gitlab-ci.yml',
      'eslint.config.js',
      'config/app.toml',
      '.config/app.toml',
      'Cargo.toml',
      'mise/notes.md',
      'docs/config',
      'skills/x/SKILL.md',
      'agents.py',
      'README.md',
      'a:b.md',
    ])
      assert.equal(isObeyedPath(name), false, name);
  });

  describe('on disk', () => {
    let root: string;
    before(async () => {
      root = await mkdtemp(path.join(tmpdir(), 'glovebox-agent-'));
      await mkdir(path.join(root, 'in/data'), { recursive: true });
      await writeFile(path.join(root, 'in/data/a.csv'), 'abc');
      await mkdir(path.join(root, 'in/node_modules/x'), { recursive: true });
      await writeFile(path.join(root, 'in/node_modules/x/index.js'), 'x');
      await writeFile(path.join(root, 'in/z.txt'), 'zz');
      await writeFile(path.join(root, 'in/.env'), 'KEY=1');
      await writeFile(path.join(root, 'outside.txt'), 'no');
      await symlink('../outside.txt', path.join(root, 'in/link.txt'));
      await symlink('.env', path.join(root, 'in/harmless.txt'));
      await symlink('data/a.csv', path.join(root, 'in/b.csv'));
    });
    after(() => rm(root, { recursive: true }));

    const open = (name: string) => workspaceFolder(path.join(root, 'in')).open(name);

    it('opens a file, also by a link that stays inside', async () => {
      for (const name of ['data/a.csv', 'b.csv']) {
        const found = await open(name);
        assert.ok(found.found);
        assert.equal(found.file.name, name);
        const bytes: Uint8Array[] = [];
        for await (const chunk of found.file.open()) bytes.push(chunk);
        assert.equal(Buffer.concat(bytes).toString(), 'abc');
      }
    });

    it('lists real files in order, without secrets and what programs made', async () => {
      const listed: string[] = [];
      const excluded = (name: string) => name === 'z.txt';
      const signal = new AbortController().signal;
      const folder = workspaceFolder(path.join(root, 'in'));
      for await (const file of folder.list(signal)) listed.push(`${file.path} ${file.bytes}`);
      assert.deepEqual(listed, ['z.txt 2', 'data/a.csv 3']);
      const fewer = workspaceFolder(path.join(root, 'in'), () => excluded);
      assert.equal((await fewer.open('z.txt')).found, false);
      assert.equal((await folder.open('node_modules/x/index.js')).found, false);
    });

    it('judges what an opened folder holds by its own name, too', async () => {
      for (const [name, file] of [
        ['.ssh', 'work_key'],
        ['.docker', 'config.json'],
        ['.vscode', 'tasks.json'],
      ] as const) {
        await mkdir(path.join(root, name));
        await writeFile(path.join(root, name, file), 'x');
      }
      await symlink('.ssh', path.join(root, 'work'));
      const signal = new AbortController().signal;
      for (const [name, file] of [
        ['.ssh', 'work_key'],
        ['.docker', 'config.json'],
        ['work', 'work_key'],
      ] as const) {
        const folder = workspaceFolder(path.join(root, name));
        const found = await folder.open(file);
        assert.equal(!found.found && found.secret, true, `${name}/${file}`);
        assert.equal((await folder.open(file, { secrets: true })).found, true);
        for await (const listed of folder.list(signal)) assert.fail(listed.path);
        assert.match((await folder.creatable('new')) ?? '', /place for secrets/);
      }
      const settings = workspaceFolder(path.join(root, '.vscode'));
      assert.equal((await settings.open('tasks.json')).found, true);
      assert.equal((await settings.open('tasks.json', { change: true })).found, false);
      assert.match((await settings.creatable('settings.json')) ?? '', /other tools/);
    });

    it('opens nothing outside, no secret by whatever name, and no folder', async () => {
      for (const [name, reason] of [
        ['link.txt', /no file/],
        ['../outside.txt', /not a path/],
        ['.env', /secrets/],
        ['harmless.txt', /secrets/],
        ['data', /not a file/],
        ['none.csv', /no file/],
      ] as const) {
        const found = await open(name);
        assert.ok(!found.found, name);
        assert.match(found.reason, reason);
      }
    });
  });
});
