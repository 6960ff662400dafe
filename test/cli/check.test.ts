import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
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
