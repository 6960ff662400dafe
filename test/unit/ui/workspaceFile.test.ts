import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Uri } from 'vscode';
import type * as workspaceFiles from '../../../src/ui/files/workspaceFile.ts';

/** Of the editor's interface, a file on disk needs no more than its address. */
const addressOf = (fsPath: string) => ({ scheme: 'file', authority: '', path: fsPath, fsPath }) as Uri;

type Module = typeof workspaceFiles;

async function load(): Promise<Module> {
  const hooks = registerHooks({
    resolve: (name, context, next) =>
      name === 'vscode' ? { url: 'data:text/javascript,', shortCircuit: true } : next(name, context),
  });
  const file = path.join(import.meta.dirname, '../../../src/ui/files/workspaceFile.ts');
  try {
    // As a module of its own, whatever else a test has put in the editor's place.
    return (await import(`${pathToFileURL(file).href}?without-editor`)) as Module;
  } finally {
    hooks.deregister();
  }
}

describe('a file of the editor’s workspace', () => {
  let root: string;
  let place: string;
  let workspaceFile: Module['workspaceFile'];
  let wouldLieWithin: Module['wouldLieWithin'];
  before(async () => ({ workspaceFile, wouldLieWithin } = await load()));
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-editor-')));
    await mkdir(path.join(root, 'in', 'data'), { recursive: true });
    place = path.join(root, 'in', 'data', 'a.csv');
    await writeFile(place, 'abc');
    await writeFile(path.join(root, 'secret.csv'), 'secret');
  });
  afterEach(() => rm(root, { recursive: true }));

  const find = (file: string, within?: string) =>
    workspaceFile(addressOf(file), 'a.csv', within === undefined ? undefined : addressOf(within));
  const read = async (file: { open: () => AsyncIterable<Uint8Array> }): Promise<string> => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.open()) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };

  it('is read by the link that was there, and may be saved anew', async () => {
    const link = path.join(root, 'in', 'b.csv');
    await symlink('data/a.csv', link);
    const file = await find(link, path.join(root, 'in'));
    assert.ok(file);
    assert.deepEqual([file.bytes, await read(file)], [3, 'abc']);
    await writeFile(path.join(root, 'new'), 'anew');
    await rename(path.join(root, 'new'), place);
    assert.equal(await read(file), 'anew');
  });

  it('is not read by a link that took its place', async () => {
    const file = await find(place, path.join(root, 'in'));
    assert.ok(file);
    await unlink(place);
    await symlink('../../secret.csv', place);
    await assert.rejects(read(file), /moved, or replaced/);
    await rm(path.dirname(place), { recursive: true });
    await symlink('..', path.dirname(place));
    await rename(path.join(root, 'secret.csv'), path.join(root, 'a.csv'));
    await assert.rejects(read(file), /moved, or replaced/);
  });

  it('is judged with the name of the opened folder, and tells the agent where it lies', async () => {
    const keys = path.join(root, '.ssh');
    await mkdir(keys);
    await writeFile(path.join(keys, 'a.csv'), 'a key');
    await symlink('.ssh', path.join(root, 'work'));
    const key = path.join(keys, 'a.csv');
    for (const found of [await find(key, keys), await find(key), await find(key, path.join(root, 'work'))])
      assert.deepEqual([found?.secret, found?.place], ['named', path.join('.ssh', 'a.csv')]);
    await symlink('../../.ssh/a.csv', path.join(root, 'in', 'data', 'b.csv'));
    assert.equal((await find(path.join(root, 'in', 'data', 'b.csv'), root))?.secret, 'disguised');
    const plain = await find(place, path.join(root, 'in'));
    assert.deepEqual([plain?.secret, plain?.place], ['no', path.join('in', 'data', 'a.csv')]);
  });

  it('lies in the folder, by its real path', async () => {
    const link = path.join(root, 'in', 'b.csv');
    await symlink('../secret.csv', link);
    assert.equal(await find(link, path.join(root, 'in')), undefined);
    assert.ok(await find(link));
    assert.equal(await find(path.join(root, 'in'), root), undefined);
  });

  it('is made in the folder or not at all, wherever links lead', async () => {
    const folder = path.join(root, 'in');
    await symlink('../..', path.join(folder, 'data', 'up'));
    await symlink('data', path.join(folder, 'also'));
    await symlink('nowhere', path.join(folder, 'broken'));
    const would = (name: string) => wouldLieWithin(path.join(folder, name), folder);
    for (const name of ['new.csv', 'data/new.csv', 'a/b/c/new.csv', 'also/x/new.csv', '..data/new.csv'])
      assert.equal(await would(name), true, name);
    for (const name of ['../new.csv', 'data/up/new.csv', 'data/up/x/new.csv', 'broken/x/new.csv'])
      assert.equal(await would(name), false, name);
    assert.equal(await wouldLieWithin(path.join(root, 'gone', 'a.csv'), path.join(root, 'gone')), false);
  });
});
