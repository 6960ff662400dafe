import assert from 'node:assert/strict';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  createProcessExecutor,
  type ProcessExecutorParts,
} from '../../src/executors/process/createProcessExecutor.ts';
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

  async function refusal(
    python: string,
    around: Pick<ProcessExecutorParts, 'platform' | 'appArmorSetting'> = {},
  ): Promise<string> {
    const executor = createProcessExecutor({
      root,
      python: () => python,
      runsFolder: folder,
      sessionIdleSeconds: 60,
      ...around,
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
    assert.match(
      await refusal('', { platform: 'darwin' }),
      /used on macOS: it needs Linux.*`docker` or `wasm`/,
    );
    assert.match(await refusal('', { platform: 'win32' }), /used on Windows/);
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

  describe('because of the namespaces that bubblewrap makes', () => {
    // Stands where bubblewrap does and says what bubblewrap says in a container, and under AppArmor.
    beforeEach(async () => {
      const script = `#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n`;
      await writeFile(path.join(folder, 'bwrap'), script, { mode: 0o755 });
      process.env['PATH'] = `${folder}:${before}`;
    });

    it('says that AppArmor forbids them, and what allows them', async () => {
      const appArmorSetting = path.join(folder, 'apparmor');
      await writeFile(appArmorSetting, '1\n');
      const reason = await refusal('', { appArmorSetting });
      assert.match(reason, /AppArmor forbids user namespaces .*with an AppArmor profile.*`docker` or `wasm`/);
    });

    it('says that the kernel lets nobody make one, where AppArmor does not or is not there', async () => {
      const appArmorSetting = path.join(folder, 'apparmor');
      const absent = await refusal('', { appArmorSetting });
      await writeFile(appArmorSetting, '0\n');
      for (const reason of [absent, await refusal('', { appArmorSetting })]) {
        assert.match(reason, /the kernel does not allow user namespaces.*Permission denied/);
        assert.doesNotMatch(reason, /AppArmor/);
      }
    });
  });
});
