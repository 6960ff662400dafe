import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createProcessExecutor } from '../../src/executors/process/createProcessExecutor.ts';
import { findCommand, run } from '../../scripts/setup/command.ts';
import { runCode, told } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('local process: where it cannot be had', function () {
  this.timeout(60_000);
  const before = process.env['PATH'];
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-path-'))));
  afterEach(async () => {
    process.env['PATH'] = before;
    await rm(folder, { recursive: true, force: true });
  });

  async function refusal(python: string, platform?: NodeJS.Platform): Promise<string> {
    const executor = createProcessExecutor({
      root,
      python: () => python,
      runsFolder: folder,
      sessionIdleSeconds: 60,
      ...(platform === undefined ? {} : { platform }),
    });
    try {
      const status = await executor.describe();
      const result = await runCode(executor, 'print("ran")');
      assert.deepEqual([result.status, result.stdout], ['unavailable', ''], told(result));
      assert.ok(!status.available);
      assert.equal(result.message, status.reason);
      return status.reason;
    } finally {
      await executor.close();
    }
  }

  it('says on macOS and Windows that it is for Linux, and what there is instead', async () => {
    assert.match(await refusal('', 'darwin'), /used on macOS: it needs Linux.*`docker` or `wasm`/);
    assert.match(await refusal('', 'win32'), /used on Windows/);
  });

  it('says that bubblewrap is missing, and how to get it', async () => {
    for (const command of ['python3', 'mount', 'prlimit', 'setpriv']) {
      await symlink((await findCommand(command)) ?? command, path.join(folder, command));
    }
    // The interpreter itself: the one on the PATH may be a script that needs the PATH.
    const { output } = await run('python3', ['-c', 'import sys; print(sys.executable)']);
    const python = output.trim();
    process.env['PATH'] = folder;
    assert.match(await refusal(python), /bubblewrap is not installed/);
  });

  it('says that there is no such Python', async () => {
    assert.match(await refusal('/nowhere/python3'), /glovebox\.process\.python/);
  });

  it('says that the kernel lets nobody make a namespace', async () => {
    // Stands where bubblewrap does and says what bubblewrap says in a container.
    const script = `#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n`;
    await writeFile(path.join(folder, 'bwrap'), script, { mode: 0o755 });
    process.env['PATH'] = `${folder}:${before}`;
    assert.match(await refusal(''), /user namespaces/);
  });
});
