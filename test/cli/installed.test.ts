import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

describe('glovebox, installed with npm', function () {
  this.timeout(60_000);

  it('is the command that messages and pages speak of', async function () {
    if (process.platform === 'win32') this.skip();
    const prefix = await mkdtemp(path.join(os.tmpdir(), 'glovebox-installed-'));
    try {
      const npm = [
        'install',
        '--global',
        '--prefix',
        prefix,
        '--install-links=false',
        '--ignore-scripts',
        '--offline',
        root,
      ];
      await promisify(execFile)('npm', npm, {
        env: { ...process.env, npm_config_cache: path.join(prefix, 'cache') },
      });
      const command = path.join(prefix, 'bin', 'glovebox');
      await access(command, constants.X_OK);
      const { stdout } = await promisify(execFile)(command, ['--help']);
      assert.match(stdout, /packages fetch[^]*mcp|mcp[^]*packages fetch/);
    } finally {
      await rm(prefix, { recursive: true, force: true });
    }
  });

  it('counts paths from where the person stands, also where `npm run` starts it', async () => {
    const words = ['run', '-s', 'glovebox', '--', 'check', 'monthly_totals.py'];
    const cwd = path.join(root, 'test', 'fixtures', 'sample');
    const { stdout } = await promisify(execFile)('npm', words, { cwd, shell: process.platform === 'win32' });
    assert.equal(stdout, 'monthly_totals.py: clean\n');
  });
});
