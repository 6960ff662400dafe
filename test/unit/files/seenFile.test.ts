import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import { inputFiles } from '../../../src/cli/inputFiles.ts';
import type { InputFile } from '../../../src/core/proposal.ts';
import { contentAt, seeFile } from '../../../src/files/seenFile.ts';

const replaced = { name: 'GloveboxError', code: 'bad-input', message: /moved, or replaced/ };

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('a file that was looked at', () => {
  let root: string;
  let data: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(tmpdir(), 'glovebox-seen-')));
    data = path.join(root, 'in', 'data');
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, 'a.csv'), 'abc');
    await writeFile(path.join(root, 'in', '.env'), 'inside secret');
    await mkdir(path.join(root, 'out'));
    await writeFile(path.join(root, 'out', 'a.csv'), 'outside secret');
  });
  afterEach(() => rm(root, { recursive: true }));

  const ofAgent = async (): Promise<InputFile> => {
    const found = await workspaceFolder(path.join(root, 'in')).open('data/a.csv');
    assert.ok(found.found);
    return found.file;
  };
  const ofTerminal = async (place: string): Promise<InputFile> => {
    const [file] = await inputFiles([place]);
    assert.ok(file);
    return file;
  };
  /** Of each door that hands in files. */
  const seen = async (): Promise<InputFile[]> => [
    await ofAgent(),
    await ofTerminal(path.join(data, 'a.csv')),
    await ofTerminal(data),
  ];
  const assertClosed = async (files: readonly InputFile[]): Promise<void> => {
    for (const file of files) await assert.rejects(textOf(file.open()), replaced);
  };

  it('is read as long as it is the same, changed or not', async () => {
    const files = await seen();
    await writeFile(path.join(data, 'a.csv'), 'abcd');
    assert.deepEqual(await Promise.all(files.map((file) => textOf(file.open()))), ['abcd', 'abcd', 'abcd']);
  });

  for (const target of ['../../out/a.csv', '../.env'])
    it(`is not read by a link to ${target} that took its place`, async () => {
      const files = await seen();
      await unlink(path.join(data, 'a.csv'));
      await symlink(target, path.join(data, 'a.csv'));
      await assertClosed(files);
      await assert.rejects(textOf(contentAt(path.join(data, 'a.csv'))), replaced);
    });

  it('is not read where a folder above it has become a link', async () => {
    const files = await seen();
    await rename(data, path.join(root, 'moved'));
    await symlink('../out', data);
    await assertClosed(files);
    await assert.rejects(textOf(contentAt(path.join(data, 'a.csv'))), replaced);
  });

  it('is not read from outside, though it is the same file still', async () => {
    const files = await seen();
    await rename(data, path.join(root, 'moved'));
    await symlink('../moved', data);
    await assertClosed(files);
  });

  it('is not another file of its name, but for one that was named by its place', async () => {
    const files = await seen();
    const [patient] = await inputFiles([path.join(data, 'a.csv')], 'as-saved');
    await writeFile(path.join(data, 'new'), 'anew');
    await rename(path.join(data, 'new'), path.join(data, 'a.csv'));
    await assertClosed(files);
    assert.equal(await textOf(patient!.open()), 'anew');
    await unlink(path.join(data, 'a.csv'));
    await symlink('../.env', path.join(data, 'a.csv'));
    await assert.rejects(textOf(patient!.open()), replaced);
  });

  it('is not a pipe that took its place, and nothing waits for that', async function () {
    if (process.platform === 'win32') this.skip();
    const files = await seen();
    await unlink(path.join(data, 'a.csv'));
    execFileSync('mkfifo', [path.join(data, 'a.csv')]);
    await assertClosed(files);
    assert.equal(await seeFile(path.join(data, 'a.csv')), undefined);
  });

  it('may be named by a link that is there before', async () => {
    await symlink('data/a.csv', path.join(root, 'in', 'b.csv'));
    const file = await ofTerminal(path.join(root, 'in', 'b.csv'));
    assert.deepEqual([file.name, file.bytes, await textOf(file.open())], ['b.csv', 3, 'abc']);
  });
});
