import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

interface Imports {
  readonly importedModules: (code: string) => readonly string[];
}

const file = path.resolve(import.meta.dirname, '../../../sandbox/wasm/imports.mjs');

describe('the modules that a program imports, by its text', () => {
  let names: (code: string) => readonly string[];
  before(async () => {
    const { importedModules } = (await import(pathToFileURL(file).href)) as Imports;
    names = (code) => importedModules(code).toSorted();
  });

  const found: Readonly<Record<string, readonly string[]>> = {
    'import a, b.c as d, e as f  # both': ['a', 'b', 'e'],
    'from a.b import (\n  c,\n  d,\n)': ['a'],
    'x = 1; import a; from b import c': ['a', 'b'],
    'if x: import a\nelse:import b\nmatch y:\n  case 1: from c import d': ['a', 'b', 'c'],
    'try:\n\timport a\nexcept ImportError:\r\n\t\fimport b\rimport c': ['a', 'b', 'c'],
    'import \\\n  a, \\\r\n b': ['a', 'b'],
    'import\ta\nfrom\x0cb import c\nimport\\\nd': ['a', 'b', 'd'],
    '\ufeffimport a': ['a'],
    'import ｎｕｍｐｙ, größe': ['größe', 'numpy'],
    'import a\nimport a': ['a'],
  };
  for (const [code, expected] of Object.entries(found)) {
    it(`are found in ${JSON.stringify(code)}`, () => assert.deepEqual(names(code), expected));
  }

  it('are none where nothing is imported, or from beside the program', () => {
    for (const code of ['', 'important = 1', 'from . import a\nfrom .b import c', 'x.import_a()', 'import'])
      assert.deepEqual(names(code), [], code);
  });

  it('are told of a program that means to be slow to read, too', () => {
    const slow = ['import ', '\\\n', ';', 'from', ' ,', 'import a,'].map((part) => part.repeat(200_000));
    assert.deepEqual([...new Set(slow.flatMap(names))].toSorted(), ['a', 'import']);
  });
});
