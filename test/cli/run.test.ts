import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { glovebox } from '../support/glovebox.ts';

const sample = path.join(import.meta.dirname, '../fixtures/sample');

interface Printed {
  readonly runId: string;
  readonly status: string;
  readonly exitCode: number | null;
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly severity: string }[];
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: { readonly stdout: boolean; readonly stderr: boolean };
  readonly artifacts: readonly {
    readonly name: string;
    readonly mime: string;
    readonly bytes: number;
    readonly path: string;
  }[];
  readonly metrics: Readonly<Record<'wallMs' | 'cpuMs' | 'peakMemoryBytes' | 'queueMs' | 'startMs', number>>;
  readonly sandbox: {
    readonly backend: string;
    readonly runtime: string;
    readonly image: string;
    readonly digest: string;
  };
  readonly decision: { readonly kind: string; readonly by?: string; readonly inSpiteOfFindings?: boolean };
}

describe('glovebox run', function () {
  this.timeout(600_000);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-run-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const run = async (code: string, ...args: string[]) => {
    await writeFile(path.join(folder, 'program.py'), code);
    const ended = await glovebox(['run', 'program.py', '--sandbox', 'docker', '--json', ...args], {
      data: folder,
    });
    return { ...ended, json: JSON.parse(ended.out) as Printed };
  };

  it('does the main job on the sample and prints one object', async () => {
    await cp(sample, folder, { recursive: true });
    const ended = await glovebox(
      ['run', 'monthly_totals.py', '--input', 'sales.csv', '--json', '--sandbox=docker'],
      { data: folder },
    );
    const json = JSON.parse(ended.out) as Printed;
    assert.equal(ended.status, 0, ended.err);
    assert.deepEqual([json.status, json.exitCode, json.verdict], ['ok', 0, 'allow']);
    assert.match(json.stdout, /2024-01/);
    const chart = json.artifacts.find((artifact) => artifact.name.endsWith('.png'));
    assert.equal(chart?.mime, 'image/png');
    assert.equal((await readFile(chart?.path ?? '')).subarray(1, 4).toString(), 'PNG');
    assert.equal(json.sandbox.backend, 'docker');
    assert.match(json.sandbox.digest, /^sha256:/);
    assert.ok(json.metrics.wallMs > 0 && json.metrics.cpuMs > 0 && json.metrics.peakMemoryBytes > 1e6);
  });

  it('says by its exit status how the program ended', async () => {
    assert.equal((await run('print(1)')).status, 0);
    const failed = await run('raise SystemExit(7)');
    assert.deepEqual([failed.status, failed.json.status, failed.json.exitCode], [1, 'error', 7]);
    const slow = await run('import time\ntime.sleep(60)', '--timeout', '1');
    assert.deepEqual([slow.status, slow.json.status], [124, 'timeout']);
  });

  it('runs nothing that is blocked, unless the person insists, and keeps that on record', async () => {
    const code = 'import os\nos.system("echo reached")\n';
    const blocked = await run(code);
    assert.deepEqual([blocked.status, blocked.json.status, blocked.json.verdict], [3, 'blocked', 'block']);
    assert.equal(blocked.json.stdout, '');
    assert.ok(blocked.json.findings.some((finding) => finding.severity === 'block'));
    const insisted = await run(code, '--approve');
    assert.deepEqual([insisted.status, insisted.json.verdict], [0, 'block']);
    assert.equal(insisted.json.decision.inSpiteOfFindings, true);
    const shown = await glovebox(['history', 'show', insisted.json.runId, '--json'], { data: folder });
    assert.match(shown.out, /"inSpiteOfFindings": true/);
  });

  it('keeps on record that the person decided, and in spite of warnings where they said so', async () => {
    await writeFile(path.join(folder, 'program.sh'), 'frobnicate data.csv || true\n');
    const decision = async (...args: string[]) => {
      const words = ['run', 'program.sh', '--sandbox', 'docker', '--json', ...args];
      const json = JSON.parse((await glovebox(words, { data: folder })).out) as Printed;
      assert.equal(json.verdict, 'warn');
      const shown = await glovebox(['history', 'show', json.runId, '--json'], { data: folder });
      const { kind, by, inSpiteOfFindings } = (JSON.parse(shown.out) as Printed).decision;
      return [kind, by, inSpiteOfFindings];
    };
    assert.deepEqual(await decision(), ['run', 'person', undefined]);
    assert.deepEqual(await decision('--approve'), ['run', 'person', true]);
  });

  it('lists what ran, newest first, also what was blocked', async () => {
    await run('print("first")');
    await run('import os\nos.system("ls")');
    const { out } = await glovebox(['history', 'list', '--json'], { data: folder });
    const rows = JSON.parse(out) as { status: string }[];
    assert.deepEqual(
      rows.map((row) => row.status),
      ['rejected', 'ok'],
    );
  });

  it('ends with 4 and says what to do where there is no sandbox', async () => {
    await writeFile(path.join(folder, 'program.py'), 'print(1)');
    const ended = await glovebox(['run', 'program.py', '--sandbox', 'docker', '--json'], {
      data: folder,
      env: { DOCKER_HOST: `unix://${folder}/nobody.sock` },
    });
    const json = JSON.parse(ended.out) as Printed & { message: string };
    assert.deepEqual([ended.status, json.status], [4, 'unavailable']);
    assert.match(json.message, /docker/i);
  });

  it('refuses wrong words, absent files and empty programs with 2', async () => {
    await writeFile(path.join(folder, 'empty.py'), '\n');
    await writeFile(path.join(folder, 'p.py'), 'print(1)');
    for (const [args, why] of [
      [['run'], /takes one FILE/],
      [['run', 'absent.py'], /there is no such file/],
      [['run', 'empty.py'], /is empty/],
      [['run', 'p.py', '--input', 'absent.csv'], /There is no file absent.csv/],
      [['run', 'p.py', '--timeout', 'soon'], /--timeout takes seconds/],
      [['run', 'p.py', '--sandbox', 'moon'], /--sandbox takes/],
      [['run', 'p.py', '--frobnicate'], /frobnicate/],
      [['walk'], /no command "walk"/],
      [['history', 'show', 'nothing'], /There is no run nothing/],
    ] as const) {
      const ended = await glovebox(args, { data: folder });
      assert.equal(ended.status, 2, args.join(' '));
      assert.match(ended.err, why);
    }
  });

  it('keeps the limits of a file of settings, in the sandbox that it names', async () => {
    await writeFile(path.join(folder, 'program.py'), 'while True: pass\n');
    const settings = { 'glovebox.sandbox': 'wasm', 'glovebox.limits.timeoutSeconds': 1 };
    await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings));
    const words = ['run', 'program.py', '--approve', '--json', '--settings', 'settings.json'];
    const { status, out, err } = await glovebox(words, { data: folder });
    assert.equal(status, 124, err);
    assert.equal((JSON.parse(out) as Printed).sandbox.backend, 'wasm');
  });
});
