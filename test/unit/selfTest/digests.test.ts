import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runnerDigest } from '../../../src/executors/process/runnerDigest.ts';
import { realmDigest, snapshotKey } from '../../../src/executors/wasm/snapshotKey.ts';

const root = path.resolve(import.meta.dirname, '../../..');

// What was proved of a sandbox must not be believed of another one.
describe('what a self-test is remembered by', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-digest-'));
    await cp(path.join(root, 'sandbox'), path.join(folder, 'sandbox'), { recursive: true });
    await cp(path.join(root, 'node_modules', 'quickjs-wasi'), path.join(folder, 'quickjs'), {
      recursive: true,
    });
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const embedded = async (): Promise<string> => {
    const files = {
      pyodide: path.join(root, 'node_modules', 'pyodide'),
      sandbox: path.join(folder, 'sandbox'),
      quickjs: path.join(folder, 'quickjs'),
      packages: folder,
    };
    return realmDigest(files, await snapshotKey(files));
  };
  const local = async (filter = 'filter'): Promise<string> =>
    runnerDigest(path.join(folder, 'sandbox'), Buffer.from(filter));

  it('changes with each part of the embedded sandbox', async () => {
    const seen = new Set([await embedded()]);
    const parts = [
      'sandbox/wasm/wall.mjs',
      'sandbox/wasm/prelude.js',
      'sandbox/wasm/job.py',
      'sandbox/runner/backends/glovebox_figures.py',
      'quickjs/quickjs.wasm',
      'quickjs/dist/index.js',
    ];
    for (const part of parts) {
      await appendFile(path.join(folder, part), '\n');
      seen.add(await embedded());
    }
    assert.equal(seen.size, parts.length + 1);
    assert.ok(seen.has(await embedded()), 'and with nothing else');
  });

  it('changes with the runner of the local process sandbox, and with its list of system calls', async () => {
    const seen = new Set([await local(), await local('another filter')]);
    await appendFile(path.join(folder, 'sandbox/runner/harden.py'), '\n');
    seen.add(await local());
    assert.equal(seen.size, 3);
  });
});
