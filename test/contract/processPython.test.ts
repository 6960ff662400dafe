import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../scripts/setup/command.ts';
import { createProcessExecutor } from '../../src/executors/process/createProcessExecutor.ts';
import { runCode, told } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What programs of ordinary libraries need of their Python. */
const ordinary = `import bz2, ctypes, decimal, hashlib, json, lzma, sqlite3, ssl, subprocess, sys, zoneinfo
zoneinfo.ZoneInfo("Europe/Paris")
print(subprocess.run([sys.executable, "-c", "print('child')"], capture_output=True, text=True).stdout.strip())`;

describe('local process: where the person’s Python lives', function () {
  this.timeout(120_000);
  let folder: string;
  let project: string;
  beforeEach(async () => {
    // Not below /tmp, which is the sandbox's own inside.
    folder = await mkdtemp('/var/tmp/glovebox-python-');
    await chmod(folder, 0o755);
    project = path.join(folder, 'project');
    await mkdir(path.join(project, '.git'), { recursive: true });
    await writeFile(path.join(project, '.env'), 'API_KEY=secret');
    await writeFile(path.join(project, '.git/config'), 'url = https://me:token@host/x');
    await writeFile(path.join(project, 'main.py'), 'mine = 1');
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  async function runs(python: string, code: string) {
    const runsFolder = path.join(folder, 'runs');
    const executor = createProcessExecutor({
      root,
      python: () => python,
      runsFolder,
      sessionIdleSeconds: 60,
    });
    try {
      return await runCode(executor, code);
    } finally {
      await executor.close();
    }
  }

  async function venv(python: string, at: string): Promise<string> {
    const made = await run(python, ['-m', 'venv', '--without-pip', at]);
    assert.equal(made.code, 0, made.output);
    const packages = await run(path.join(at, 'bin/python'), [
      '-c',
      'import site; print(site.getsitepackages()[0])',
    ]);
    await writeFile(path.join(packages.output.trim(), 'installed.py'), 'name = "installed"\n');
    await writeFile(path.join(at, 'bin/tool'), '#!/bin/sh\necho tool\n', { mode: 0o755 });
    return path.join(at, 'bin/python');
  }

  const looks = (at: string): string => `import installed, os, sys
print(installed.name, sys.prefix != sys.base_prefix)
print(sorted(os.listdir(${JSON.stringify(at)})))
print([name for name in (".env", ".git/config", "main.py") if os.path.exists(${JSON.stringify(project)} + "/" + name)])
${ordinary}`;

  const usual = async (): Promise<string> =>
    (await run('python3', ['-c', 'import sys; print(sys.executable)'])).output.trim();

  for (const [what, python] of [
    ['the Python on the PATH', usual],
    ['the system’s Python', async () => '/usr/bin/python3'],
  ] as const) {
    it(`a virtual environment in the project’s own folder takes nothing of the project along: ${what}`, async () => {
      const result = await runs(await venv(await python(), project), looks(project));
      const expected = "installed True\n['bin', 'lib', 'pyvenv.cfg']\n[]\nchild\n";
      assert.deepEqual([result.status, result.stdout], ['ok', expected], told(result));
    });

    it(`a virtual environment of its own has its programs, too: ${what}`, async () => {
      const at = path.join(project, '.venv');
      const tool = 'print(subprocess.run(["tool"], capture_output=True, text=True).stdout.strip())';
      const result = await runs(await venv(await python(), at), `${looks(at)}\n${tool}`);
      const expected = "installed True\n['bin', 'lib', 'pyvenv.cfg']\n[]\nchild\ntool\n";
      assert.deepEqual([result.status, result.stdout], ['ok', expected], told(result));
    });
  }

  it('a Python without an environment, by its name, does all that is usual', async () => {
    const result = await runs('', ordinary);
    assert.deepEqual([result.status, result.stdout], ['ok', 'child\n'], told(result));
  });
});
