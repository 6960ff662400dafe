import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Memento, Uri } from 'vscode';
import type * as attachNamed from '../../../src/ui/files/attachNamedFiles.ts';
import type * as attach from '../../../src/ui/files/attachPaths.ts';
import type * as pick from '../../../src/ui/files/pickFiles.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { editorOn, type Row } from './editorOnFolder.ts';

describe('a secret behind a link of an innocent name', () => {
  let root: string;
  const asked: Row[] = [];
  let named: typeof attachNamed;
  let paths: typeof attach;
  let files: typeof pick;
  before(async () => {
    const editor = editorOn(() => root, asked);
    files = await withEditor('files/pickFiles.ts', editor);
    paths = await withEditor('files/attachPaths.ts', editor);
    named = await withEditor('files/attachNamedFiles.ts', editor);
  });
  beforeEach(async () => {
    asked.length = 0;
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-links-')));
    await mkdir(path.join(root, 'data'));
    await mkdir(path.join(root, '.ssh'));
    await writeFile(path.join(root, '.env'), 'DB=the secret');
    await writeFile(path.join(root, '.ssh', 'work'), 'the key');
    await writeFile(path.join(root, 'plain.csv'), 'a,b');
    await symlink('.env', path.join(root, 'sales.csv'));
    await symlink('../.env', path.join(root, 'data', 'costs.csv'));
    await symlink('../plain.csv', path.join(root, 'data', 'same.csv'));
    await symlink('.ssh', path.join(root, 'reports'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('is no file that a name may stand for', async () => {
    const found = await files.resolveFiles(['sales.csv', 'data/costs.csv', 'reports/work', 'data/same.csv']);
    assert.deepEqual(
      found.map(({ name, secret }) => [name, secret]),
      [['data/same.csv', 'no']],
    );
  });

  it('is told from one that is asked for by its own name, however often', async () => {
    const found = await files.resolveFiles(['.env', '.env']);
    assert.deepEqual(
      found.map(({ secret }) => secret),
      ['named', 'named'],
    );
  });

  it('is not among the files of a folder', async () => {
    for (const folder of ['', 'data', 'reports']) {
      const found = await paths.attachPaths([pathToFileURL(path.join(root, folder)).href]);
      const wanted = folder === '' ? ['plain.csv'] : folder === 'data' ? ['data/same.csv'] : [];
      assert.deepEqual(
        found.files.map(({ name }) => name),
        wanted,
        folder,
      );
      assert.match(found.leftOut.join(), /may hold secrets/, folder);
    }
  });

  it('is offered with a warning and not picked, where code names it, also when it was picked before', async () => {
    const document = { toString: () => 'x', scheme: 'file', fsPath: path.join(root, 'a.py') } as Uri;
    const memory = {
      get: () => [
        pathToFileURL(path.join(root, 'sales.csv')).href,
        pathToFileURL(path.join(root, 'plain.csv')).href,
      ],
    } as unknown as Memento;
    const code = 'open("sales.csv"); open("plain.csv")';
    assert.equal(await named.attachNamedFiles(code, 'python', document, memory), undefined);
    assert.deepEqual(
      asked.map(({ label, picked, detail }) => [label, picked, detail !== undefined]),
      [
        ['sales.csv', false, true],
        ['plain.csv', true, false],
      ],
    );
  });
});
