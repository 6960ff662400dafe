import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Log } from 'sarif';
import { glovebox } from '../support/glovebox.ts';

describe('glovebox check', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-check-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('says file, place, rule and route, and ends with 3 where something is blocked', async () => {
    await writeFile(path.join(folder, 'a.py'), 'print(1)\n');
    await writeFile(path.join(folder, 'b.py'), 'import subprocess as sp\nrun = sp.run\nrun(["ls"])\n');
    const { status, out } = await glovebox(['check', '.'], { data: folder });
    assert.equal(status, 3);
    assert.match(out, /a\.py: clean/);
    assert.match(out, /b\.py:3:1: block \[[a-z.-]+\]/);
    assert.equal((await glovebox(['check', 'a.py'], { data: folder })).status, 0);
  });

  it('refuses what can not be parsed, with the place', async () => {
    await writeFile(path.join(folder, 'a.py'), 'print(1)\ndef f(:\n');
    const { status, out } = await glovebox(['check', 'a.py', '--json'], { data: folder });
    const [report] = JSON.parse(out) as {
      verdict: string;
      findings: { rule: string; range: { startLine: number } }[];
    }[];
    assert.equal(status, 3);
    assert.equal(report?.findings[0]?.rule, 'syntax');
    assert.equal(report?.findings[0]?.range.startLine, 1);
  });

  it('writes one SARIF log for a folder, with the version and the page of the rules', async () => {
    await mkdir(path.join(folder, 'tools'));
    await writeFile(path.join(folder, 'a.py'), 'print(1)\n');
    await writeFile(path.join(folder, 'tools', 'b.py'), 'eval("1")\n');
    await writeFile(path.join(folder, 'tools', 'c.sh'), 'curl example.org\n');
    const { status, out } = await glovebox(['check', '--sarif', folder], { data: folder });
    assert.equal(status, 3);
    const { runs } = JSON.parse(out) as Log;
    assert.equal(runs.length, 1);
    const driver = runs[0]?.tool.driver;
    assert.match(driver?.semanticVersion ?? '', /^\d+\.\d+\.\d+$/);
    assert.equal(driver?.rules?.find((rule) => rule.id === 'code.eval')?.id, 'code.eval');
    assert.equal(out.includes('file:'), false, 'a path of this machine is no page');
    assert.match(runs[0]?.results?.[0]?.message.text ?? '', /ast\.literal_eval/);
    assert.deepEqual(
      runs[0]?.results?.map(({ ruleId, locations }) => [
        locations?.[0]?.physicalLocation?.artifactLocation?.uri,
        ruleId,
      ]),
      [
        ['tools/b.py', 'code.eval'],
        ['tools/c.sh', 'network.connect'],
      ],
    );
  });

  it('checks JSX, and says which sources it can not check', async () => {
    await writeFile(path.join(folder, 'a.jsx'), 'export const a = () => <b>{eval("1")}</b>;\n');
    await writeFile(path.join(folder, 'b.tsx'), 'export const b = <i/>;\n');
    const { status, out, err } = await glovebox(['check', '.'], { data: folder });
    assert.equal(status, 3);
    assert.match(out, /^a\.jsx:1:\d+: block \[code\.eval\]/);
    assert.match(err, /b\.tsx: not checked/);
  });

  it('does not call a folder clean of which nothing was checked, or not all', async () => {
    const check = (name: string) => glovebox(['check', name], { data: folder });
    await writeFile(path.join(folder, 'outside.py'), 'import os\nos.system("ls")\n');
    for (const name of ['empty', 'built/dist', 'words', 'linked', 'typed'])
      await mkdir(path.join(folder, name), { recursive: true });
    await writeFile(path.join(folder, 'built', 'dist', 'bad.py'), 'eval("1")\n');
    await writeFile(path.join(folder, 'words', 'runme'), '#!/bin/sh\n');
    await writeFile(path.join(folder, 'typed', 'b.tsx'), 'export const b = <i/>;\n');
    for (const name of ['empty', 'built', 'words', 'typed']) {
      const { status, err } = await check(name);
      assert.equal(status, 2, name);
      assert.ok(err.endsWith(`${name}: not checked, there is nothing in it that can be checked\n`), err);
    }
    await writeFile(path.join(folder, 'linked', 'a.py'), 'print(1)\n');
    await symlink(path.join('..', 'outside.py'), path.join(folder, 'linked', 'b.py'));
    await symlink(path.join('..', 'outside.py'), path.join(folder, 'linked', 'c.md'));
    const { status, out, err } = await check('linked');
    assert.equal(status, 2);
    assert.equal(out, `${path.join('linked', 'a.py')}: clean\n`);
    assert.equal(err, `${path.join('linked', 'b.py')}: not checked, it is a link\n`);
  });

  it('follows a policy from a file, or a preset, and refuses what is none', async () => {
    await writeFile(path.join(folder, 'a.py'), 'import json\nprint(json.dumps(1))\n');
    await writeFile(path.join(folder, 'policy.json'), '{"deniedModules": ["json"]}');
    await writeFile(path.join(folder, 'odd.json'), '{"allowAll": true}');
    const check = (...args: string[]) => glovebox(['check', 'a.py', ...args], { data: folder });
    assert.equal((await check()).status, 0);
    assert.equal((await check('--policy', 'policy.json')).status, 3);
    assert.equal((await check('--preset=strict')).status, 0);
    for (const [args, why] of [
      [['--policy', 'odd.json'], /odd\.json is no policy: .*allowAll/s],
      [['--policy', 'absent.json'], /absent\.json can't be read/],
      [['--preset', 'lax'], /--preset takes strict, balanced, permissive/],
    ] as const) {
      const ended = await check(...args);
      assert.equal(ended.status, 2);
      assert.match(ended.err, why);
    }
  });

  it('takes no flag from the name of a file behind `--`', async () => {
    await writeFile(path.join(folder, 'evil.py'), 'import os\nos.system("ls")\n');
    await writeFile(path.join(folder, 'off.json'), '{"severities": {"process.spawn": "off"}}');
    const check = (...words: string[]) => glovebox(['check', ...words], { data: folder });
    assert.equal((await check('--policy=off.json', 'evil.py')).status, 0);
    for (const name of ['--policy=off.json', '--preset=permissive', '--help', '-h', '--json']) {
      await writeFile(path.join(folder, name), '');
      const { status, out, err } = await check('--', 'evil.py', name);
      assert.equal(status, 3, name);
      assert.match(out, /^evil\.py:2:1: block/);
      assert.match(err, /not checked, Glovebox does not know this language/);
      assert.equal((await check('--', name)).status, 2, name);
    }
    const twice = await check('--policy', 'off.json', 'evil.py', '--policy=off.json');
    assert.equal(twice.status, 2);
    assert.match(twice.err, /--policy is given twice/);
  });

  it('needs no data folder, and whatever does says which one it can not make', async () => {
    await writeFile(path.join(folder, 'a.py'), 'print(1)\n');
    const env = { GLOVEBOX_DATA: path.join(folder, 'a.py', 'data') };
    const checked = await glovebox(['check', 'a.py'], { data: folder, env });
    assert.deepEqual([checked.status, checked.err], [0, '']);
    const stream = await glovebox(['check', '--stdin-jsonl'], {
      data: folder,
      env,
      stdin: '{"id":1,"code":""}',
    });
    assert.equal(stream.status, 0);
    const run = await glovebox(['run', 'a.py'], { data: folder, env });
    assert.equal(run.status, 1);
    assert.match(run.err, /The data folder .*a\.py.data can't be made .*Set GLOVEBOX_DATA/);
  });

  it('ends as it would where nobody hears its messages', async () => {
    const root = path.join(import.meta.dirname, '../..');
    const stdio = ['ignore', 'ignore', 'pipe'] as const;
    const child = spawn(process.execPath, [path.join(root, 'dist', 'cli.js'), 'walk'], { stdio: [...stdio] });
    child.stderr?.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 2);
  });

  it('takes only line feeds for the end of a line of the stream', async () => {
    const program = JSON.stringify({ id: 7, code: 'print("a\u2028b\u2029c")' });
    assert.ok(program.includes('\u2028'));
    const { out } = await glovebox(['check', '--stdin-jsonl'], { data: folder, stdin: `${program}\r\n` });
    const { id, verdict } = JSON.parse(out) as { id: number; verdict: string };
    assert.deepEqual([id, verdict], [7, 'allow']);
  });

  it('answers a stream of programs line by line in one process', async () => {
    const programs = ['print(1)', 'eval(input())', 'x = 1'].map((code, id) => JSON.stringify({ id, code }));
    const { status, out } = await glovebox(['check', '--stdin-jsonl'], {
      data: folder,
      stdin: programs.join('\n'),
    });
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: number; verdict: string });
    assert.equal(status, 0);
    assert.deepEqual(
      answers.map(({ id, verdict }) => [id, verdict]),
      [
        [0, 'allow'],
        [1, 'block'],
        [2, 'allow'],
      ],
    );
  });
});
