import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

describe('the package export glovebox/deepagents', function () {
  this.timeout(120_000);

  it('gives a sandbox where the built package is installed beside its peer', async () => {
    const root = path.resolve(import.meta.dirname, '../..');
    const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-export-'));
    try {
      const modules = path.join(folder, 'node_modules');
      await mkdir(path.join(modules, 'glovebox'), { recursive: true });
      for (const part of ['package.json', 'dist', 'sandbox'])
        await cp(path.join(root, part), path.join(modules, 'glovebox', part), { recursive: true });
      await symlink(path.join(root, 'node_modules', 'deepagents'), path.join(modules, 'deepagents'));
      const program = `
import { isSandboxBackend } from 'deepagents';
import { GloveboxSandbox } from 'glovebox/deepagents';
await using sandbox = await GloveboxSandbox.create({ initialFiles: { '/work/a.txt': 'from the export' } });
const { output, exitCode } = await sandbox.execute('cat /work/a.txt; exit 4');
console.log(JSON.stringify([isSandboxBackend(sandbox), output, exitCode]));`;
      await writeFile(path.join(folder, 'use.mjs'), program);
      const { stdout } = await promisify(execFile)(process.execPath, [path.join(folder, 'use.mjs')]);
      assert.deepEqual(JSON.parse(stdout), [true, 'from the export', 4]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
