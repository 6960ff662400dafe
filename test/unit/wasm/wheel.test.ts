import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { zip } from '../../support/wheel.ts';

interface Files {
  readonly filesOf: (archive: Uint8Array) => Iterable<{ readonly name: string; readonly bytes: Uint8Array }>;
}

const file = path.resolve(import.meta.dirname, '../../../sandbox/wasm/wheel.mjs');

describe('the archive of a package', () => {
  let read: (archive: Uint8Array) => Record<string, string>;
  before(async () => {
    const { filesOf } = (await import(pathToFileURL(file).href)) as Files;
    read = (archive) =>
      Object.fromEntries(
        [...filesOf(archive)].map(({ name, bytes }) => [name, Buffer.from(bytes).toString()]),
      );
  });

  it('gives its files, packed or not, and no folders', () => {
    const files = { 'a/b.py': 'x = 1', 'a/long.py': 'y = 2\n'.repeat(1000), empty: '' };
    assert.deepEqual(read(zip({ ...files, 'a/': '' })), files);
    assert.deepEqual(read(zip({})), {});
  });

  it('is refused where a name leads elsewhere', () => {
    for (const name of ['../evil', '/evil', 'a/../../evil', 'a//b', './a', 'a\\b'])
      assert.throws(() => read(zip({ [name]: 'x' })), /leads elsewhere/, name);
  });

  it('is refused where it is none, or is broken, or says less of itself than is in it', () => {
    const whole = zip({ 'a.py': 'x = 1\n'.repeat(100) });
    assert.throws(() => read(Buffer.from('no archive')), /not an archive/);
    assert.throws(() => read(Buffer.alloc(0)), /not an archive/);
    const broken = Buffer.from(whole);
    broken.writeUInt32LE(3, whole.length - 6);
    assert.throws(() => read(broken), /broken/);
    const bomb = Buffer.from(whole);
    const entry = whole.indexOf('PK\x01\x02');
    bomb.writeUInt32LE(5, entry + 24);
    assert.throws(() => read(bomb));
  });
});
