import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as attach from '../../../src/ui/files/attachPaths.ts';
import { withEditor } from '../../support/fakeEditor.ts';
import { editorOn } from './editorOnFolder.ts';

describe('files that are attached by their paths', () => {
  let root: string;
  let paths: typeof attach;
  before(async () => {
    paths = await withEditor(
      'files/attachPaths.ts',
      editorOn(() => root, []),
    );
  });
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-paths-')));
    await mkdir(path.join(root, 'my data'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const attached = async (...names: readonly string[]) => {
    const found = await paths.attachPaths(names);
    return [found.files.map(({ name }) => name), found.leftOut];
  };
  const fill = async (count: number): Promise<string> => {
    const folder = path.join(root, 'my data');
    for (let each = 0; each < count; each += 1) await writeFile(path.join(folder, `${each}.csv`), 'a');
    return pathToFileURL(folder).href;
  };

  it('are all of a folder with as many as there may be', async () => {
    const [names, leftOut] = await attached(await fill(100));
    assert.deepEqual([names?.length, leftOut], [100, []]);
  });

  it('are a part of a larger folder, and that is said', async () => {
    const [names, leftOut] = await attached(await fill(101));
    const said = ['Only 100 of the files in my data were attached; it has more.'];
    assert.deepEqual([names?.length, leftOut], [100, said]);
  });

  it('are fewer where some of those may hold secrets, and the number is theirs', async () => {
    const folder = await fill(60);
    for (let each = 0; each < 60; each += 1)
      await writeFile(path.join(root, 'my data', `.env.${each}`), 'DB=x');
    const [names, leftOut] = await attached(folder);
    const [first, second] = leftOut ?? [];
    assert.equal(first, `Only ${names?.length} of the files in my data were attached; it has more.`);
    assert.ok((names?.length ?? 100) < 100);
    assert.match(second ?? '', /^Not attached from my data: \.env.* and \d+ more\. They may hold secrets/);
  });

  it('are none of an empty folder, and that is said', async () => {
    assert.deepEqual(await attached('my data'), [[], ['There are no files in my data to attach.']]);
  });

  it('are those that may be, and the others are named', async () => {
    await fill(1);
    const gone = Array.from({ length: 7 }, (_, at) => `gone/${at}.csv`);
    assert.deepEqual(await attached('/etc/passwd', 'my data/0.csv', 'file:///tmp/a%20b.csv', ...gone), [
      ['my data/0.csv'],
      ['Not attached: passwd, a b.csv, 0.csv, 1.csv, 2.csv and 4 more. Only files of this workspace can be.'],
    ]);
  });

  it('are not those of a folder that may hold secrets, and they are named', async () => {
    const folder = await fill(1);
    await writeFile(path.join(root, 'my data', '.env'), 'DB=x');
    assert.deepEqual(await attached(folder), [
      ['my data/0.csv'],
      ['Not attached from my data: .env. They may hold secrets or lie elsewhere.'],
    ]);
  });
});
