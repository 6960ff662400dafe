import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadSkills, skillRoots } from '../../../src/agent/skills/loadSkills.ts';
import type { SkillRoot } from '../../../src/core/skill.ts';
import { reply, runCode, say, type ReplyBlock, type Script } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

const repository = path.join(import.meta.dirname, '../../..');
const shipped: SkillRoot[] = [{ origin: 'extension', folder: path.join(repository, 'media/skills') }];

describe('skills', () => {
  let root: string;
  before(async () => (root = await mkdtemp(path.join(tmpdir(), 'glovebox-skills-'))));
  after(() => rm(root, { recursive: true }));

  const write = async (place: string, text: string): Promise<string> => {
    const file = path.join(root, place, 'SKILL.md');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
    return path.dirname(file);
  };
  const skillText = (name: string, more = ''): string =>
    `---\nname: ${name}\ndescription: Does ${name}.\n${more}---\n\n# Do\n\nIt.\n`;

  it('that are shipped are valid', async () => {
    const { skills, problems } = await loadSkills(shipped);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      skills.map((skill) => skill.name),
      ['algorithm-verification', 'chart-making', 'data-analysis'],
    );
    assert.deepEqual(skills[1]?.files, ['style.py']);
  });

  it('are found in every place, the nearest first', async () => {
    const home = path.join(root, 'home');
    const workspace = path.join(root, 'workspace');
    const nearest = await write('workspace/.claude/skills/report', skillText('report'));
    await write('workspace/.github/skills/tables', skillText('tables'));
    await write('home/.agents/skills/report', skillText('report'));
    await write('home/.claude/skills/mine', skillText('mine', 'allowed-tools: run_code, bash\n'));
    const { skills, problems } = await loadSkills(skillRoots(repository, workspace, home));
    assert.deepEqual(skills.map(({ name, origin }) => `${origin} ${name}`).sort(), [
      'extension algorithm-verification',
      'extension chart-making',
      'extension data-analysis',
      'home mine',
      'workspace report',
      'workspace tables',
    ]);
    assert.deepEqual(
      problems.map(({ kind, reason }) => `${kind}: ${reason}`),
      [`shadowed: The one in ${nearest} is used.`],
    );
    assert.deepEqual(skills.find(({ name }) => name === 'mine')?.allowedTools, ['run_code', 'bash']);
    const untrusted = await loadSkills(skillRoots(repository, undefined, home));
    assert.ok(untrusted.skills.every(({ origin }) => origin !== 'workspace'));
  });

  for (const [what, text, reason] of [
    ['without front matter', '# Hello\n', /does not begin/],
    ['without an end', '---\nname: x\n', /no end/],
    ['without a description', '---\nname: bad\n---\n', /no "description"/],
    ['with another name than its folder', skillText('other'), /not that of its folder/],
    ['with a name that is none', '---\nname: Bad Name\ndescription: x\n---\n', /lower-case/],
    [
      'with a long description',
      `---\nname: bad\ndescription: ${'x'.repeat(1025)}\n---\n`,
      /longer than 1024/,
    ],
    ['with a list for a name', '---\nname: [bad]\ndescription: x\n---\n', /no "name"/],
    ['with a field twice', '---\nname: bad\nname: bad\ndescription: x\n---\n', /twice/],
    ['with what is no YAML', '---\nname bad\n---\n', /can't be read/],
  ] as const) {
    it(`${what} are left out with the reason`, async () => {
      const folder = path.join(root, `invalid-${what.replaceAll(' ', '-')}`);
      await write(path.relative(root, path.join(folder, 'bad')), text);
      const { skills, problems } = await loadSkills([{ origin: 'home', folder }]);
      assert.deepEqual(skills, []);
      assert.equal(problems[0]?.kind, 'invalid');
      assert.match(problems[0]?.reason ?? '', reason);
    });
  }

  it('that are links get a row that says why they are left out, and plain files none', async () => {
    const target = await write('elsewhere/linked', skillText('linked'));
    const folder = path.join(root, 'links');
    await mkdir(folder);
    await symlink(target, path.join(folder, 'linked'));
    await symlink('nowhere', path.join(folder, 'dangling'));
    await writeFile(path.join(folder, 'README.md'), 'Skills.');
    await symlink('README.md', path.join(folder, 'also-a-file.md'));
    const { skills, problems } = await loadSkills([{ origin: 'home', folder }]);
    assert.deepEqual(skills, []);
    assert.deepEqual(
      problems.map((problem) => path.basename(problem.folder)),
      ['dangling', 'linked'],
    );
    for (const { kind, reason } of problems) {
      assert.equal(kind, 'invalid');
      assert.match(reason, /It is a link, and links are not followed/);
    }
  });

  for (const [how, field, tools] of [
    ['with spaces, as specified', 'Bash(git add:*) Read', ['Bash(git add:*)', 'Read']],
    ['with commas', 'Bash(git:*), Read,Edit', ['Bash(git:*)', 'Read', 'Edit']],
    [
      'as a list',
      '[run_code, "read_file", \'Bash(git add:*)\'] # mine',
      ['run_code', 'read_file', 'Bash(git add:*)'],
    ],
    ['as a list over lines', '[\n  run_code,\n  read_file,\n  ]', ['run_code', 'read_file']],
    ['as a list of nothing', '[]', []],
  ] as const) {
    it(`may name their tools ${how}`, async () => {
      const folder = path.join(root, `tools-${how.replaceAll(' ', '-')}`);
      await write(
        path.relative(root, path.join(folder, 'tools')),
        skillText('tools', `allowed-tools: ${field}\n`),
      );
      const { skills, problems } = await loadSkills([{ origin: 'home', folder }]);
      assert.deepEqual(problems, []);
      assert.deepEqual(skills[0]?.allowedTools, tools);
    });
  }

  it('may fold, quote and nest in their front matter', async () => {
    const text =
      '---\nname: folded\ndescription: >\n  One\n  two.\nmetadata:\n  author: "A: b"\n  version: \'1.0\'\nallowed-tools:\n  - run_code\n  - read_file\n---\nBody';
    await write('folds/folded', text);
    const { skills } = await loadSkills([{ origin: 'home', folder: path.join(root, 'folds') }]);
    assert.equal(skills[0]?.description, 'One two.');
    assert.deepEqual(skills[0]?.allowedTools, ['run_code', 'read_file']);
    assert.equal(skills[0]?.body, 'Body');
  });

  describe('in a conversation', () => {
    let desk: Desk | undefined;
    afterEach(async () => {
      assert.deepEqual(desk?.server.rejections, []);
      await desk?.close();
    });
    const open = async (script: Script, roots = shipped, options: DeskOptions = {}) =>
      (desk = await openDesk(script, { ...options, parts: { skills: () => loadSkills(roots) } }));
    const use = (input: object): ReplyBlock => ({ type: 'tool_use', name: 'use_skill', input });

    it('are known by name and description, and read when they are needed', async () => {
      const { ask, server } = await open([
        reply([
          use({ name: 'chart-making' }),
          use({ name: 'chart-making', file: 'style.py' }),
          use({ name: 'none' }),
        ]),
        say('Ready.'),
      ]);
      await ask('Draw');
      const system = JSON.stringify(server.requests[0]?.body.system);
      assert.match(system, /chart-making: Draws charts/);
      assert.ok(!system.includes('small charts side by side'));
      const [body, file, none] = toolResults(server.requests[1]!);
      assert.match(body ?? '', /small charts side by side.*Files of this skill: style\.py/s);
      assert.match(file ?? '', /matplotlib\.use\("Agg"\)/);
      assert.match(none ?? '', /There is no skill "none"/);
    });

    it('can be named by the person', async () => {
      const { ask, server } = await open([say('Yes.'), say('No such.')]);
      await ask('/data-analysis Look at sales.csv');
      assert.match(JSON.stringify(server.requests[0]?.body.messages), /Look at sales\.csv.*Look first/s);
      await ask('/unknown x');
      assert.match(JSON.stringify(server.requests[1]?.body.messages.at(-1)), /\/unknown x/);
    });

    it('read nothing outside their folder', async () => {
      const folder = await write('leaky/leaky', skillText('leaky'));
      await writeFile(path.join(root, 'secret.txt'), 'top secret');
      await symlink('../../secret.txt', path.join(folder, 'link.txt'));
      const roots: SkillRoot[] = [{ origin: 'workspace', folder: path.join(root, 'leaky') }];
      const files = ['link.txt', '../../secret.txt', '/etc/hostname'];
      const { ask, server } = await open(
        [reply(files.map((file) => use({ name: 'leaky', file }))), say('Nothing.')],
        roots,
      );
      await ask('Leak');
      for (const text of toolResults(server.requests[1]!)) assert.match(text, /has no text file/);
    });

    it('show none of their files that may hold secrets, and an empty one as empty', async () => {
      const folder = await write('keys/keys', skillText('keys'));
      await mkdir(path.join(folder, '.git'));
      await writeFile(path.join(folder, '.git/config'), 'url = https://me:hunter2@example.org');
      await writeFile(path.join(folder, '.env'), 'DB_PASS=hunter2hunter');
      await symlink('.env', path.join(folder, 'notes.txt'));
      await writeFile(path.join(folder, '__init__.py'), '');
      const roots: SkillRoot[] = [{ origin: 'workspace', folder: path.join(root, 'keys') }];
      const files = ['.env', '.git/config', 'notes.txt', '__init__.py'];
      const { ask, server } = await open(
        [reply(files.map((file) => use({ name: 'keys', file }))), say('Nothing.')],
        roots,
      );
      await ask('Leak');
      const results = toolResults(server.requests[1]!);
      for (const text of results.slice(0, 3))
        assert.match(text, /has no text file .* It has: __init__\.py\.$/);
      assert.equal(results[3], 'The file is empty.');
    });

    it('never let code run without a decision, whatever tools they allow', async () => {
      await write('bold/bold', skillText('bold', 'allowed-tools: run_code\n'));
      const roots: SkillRoot[] = [{ origin: 'workspace', folder: path.join(root, 'bold') }];
      let asked = 0;
      const { ask, executed } = await open(
        [reply([use({ name: 'bold' })]), runCode('Now.', { code: 'bold()', purpose: 'x' }), say('No.')],
        roots,
        {
          decide: () => {
            asked += 1;
            return { kind: 'reject' };
          },
        },
      );
      await ask('/bold go');
      assert.equal(asked, 1);
      assert.deepEqual(executed, []);
    });
  });
}).timeout(30_000);
