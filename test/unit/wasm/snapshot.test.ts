import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, chown, link, lstat, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dropSnapshot, findSnapshot, makeSnapshot } from '../../../src/executors/wasm/snapshot.ts';

const content = 'the memory of an interpreter';
const sha256 = createHash('sha256').update(content).digest('hex');

describe('a memory snapshot that is found', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-snapshot-'));
    file = path.join(folder, `key.${sha256}.snapshot`);
    await writeFile(file, content, { mode: 0o600 });
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const found = async (): Promise<string | undefined> => (await findSnapshot(folder, 'key'))?.file;

  it('is the one of that key, whole', async () => {
    assert.equal(await found(), file);
    assert.equal(await findSnapshot(folder, 'other'), undefined);
    assert.equal(await findSnapshot(path.join(folder, 'none'), 'key'), undefined);
    await writeFile(file, 'something else');
    assert.equal(await found(), undefined);
    await assert.rejects(lstat(file), /ENOENT/, 'it is thrown away');
  });

  it('is none that somebody else may have written, whatever its name says', async function () {
    if (process.getuid === undefined) this.skip();
    for (const mode of [0o620, 0o602]) {
      await chmod(file, mode);
      assert.equal(await found(), undefined, mode.toString(8));
    }
    await chmod(file, 0o600);
    for (const mode of [0o770, 0o707]) {
      await chmod(folder, mode);
      assert.equal(await found(), undefined, mode.toString(8));
    }
    await chmod(folder, 0o700);
    assert.equal(await found(), file);
    if (process.getuid() !== 0) return;
    await chown(file, 12_345, 12_345);
    assert.equal(await found(), undefined, 'of another user');
  });

  it('is no link, and no file that has another name elsewhere', async () => {
    const elsewhere = path.join(folder, 'artifact.bin');
    await link(file, elsewhere);
    assert.equal(await found(), undefined);
    await rm(elsewhere);
    assert.equal(await found(), file);
    await rename(file, elsewhere);
    await symlink(elsewhere, file);
    assert.equal(await found(), undefined);
  });

  it('is none where its folder can not be listed, until it can', async function () {
    if (process.getuid === undefined) this.skip();
    await chmod(folder, 0o300);
    // No mode keeps root out.
    const isRoot = process.getuid() === 0;
    if (isRoot) process.seteuid?.(12_345);
    try {
      assert.equal(await found(), undefined);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    await chmod(folder, 0o700);
    assert.equal(await found(), file);
  });

  it('stops nobody where it can not be removed', async () => {
    // A folder is no file to remove.
    await dropSnapshot({ file: folder, sha256 });
    assert.ok((await lstat(folder)).isDirectory());
  });

  it('is given up where the interpreter that is to make it does not come to it', async () => {
    const sandbox = path.join(folder, 'sandbox');
    await mkdir(path.join(sandbox, 'wasm'), { recursive: true });
    await writeFile(path.join(sandbox, 'wasm', 'realm.mjs'), 'setInterval(() => undefined, 1000);');
    const files = { pyodide: folder, quickjs: folder, packages: folder, sandbox };
    const plan = { files, cpuSeconds: 60, shell: 'none' } as const;
    const never = new AbortController().signal;
    await assert.rejects(makeSnapshot(folder, 'other', plan, never, 200), /could not be made/);
    assert.equal(await findSnapshot(folder, 'other'), undefined);
  });
});
