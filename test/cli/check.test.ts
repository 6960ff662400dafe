import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
    const { status, out } = await glovebox(['check', '--sarif', '.'], { data: folder });
    assert.equal(status, 3);
    const { runs } = JSON.parse(out) as Log;
    assert.equal(runs.length, 1);
    const driver = runs[0]?.tool.driver;
    assert.match(driver?.semanticVersion ?? '', /^\d+\.\d+\.\d+$/);
    assert.match(
      driver?.rules?.find((rule) => rule.id === 'code.eval')?.helpUri ?? '',
      /^file:.*\/docs\/rules\.md#code\.eval$/,
    );
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
