import assert from 'node:assert/strict';
import path from 'node:path';
import { HostPaths } from '../../../src/executors/artifactName.ts';

const pathFor = (name: string): string => new HostPaths().take(name);
const pathsFor = (...names: string[]): string[] => {
  const paths = new HostPaths();
  return names.map((name) => paths.take(name));
};

describe('HostPaths', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['chart.png', 'chart.png'],
    ['sub/données é.csv', 'sub/données é.csv'],
    ['../../etc/passwd', '_/_/etc/passwd'],
    ['/etc/passwd', 'etc/passwd'],
    ['a\\..\\b', 'a_.._b'],
    ['.bashrc', '_bashrc'],
    ['con.txt', '_con.txt'],
    ['C:stream', 'C_stream'],
    ['x\n\u202egnp.exe', 'x__gnp.exe'],
    ['COM¹', '_COM¹'],
    ['con .txt', '_con .txt'],
    ['nul  ', 'nul_'],
    ['trailing. ', 'trailing_'],
    ['', 'file'],
    ['///', 'file'],
  ];
  for (const [name, expected] of cases) {
    it(`${JSON.stringify(name)} becomes ${JSON.stringify(expected)}`, () => {
      assert.equal(pathFor(name), expected);
    });
  }

  it('never leaves the folder, whatever the name', () => {
    const pieces = ['..', '.', '/', '\\', 'a', ' ', '\0', '\u2028', '~', ':', 'nul', '-'];
    for (let seed = 0; seed < 5000; seed++) {
      let name = '';
      for (let rest = seed * 7919, i = 0; i < 6; i++, rest = Math.floor(rest / 12)) name += pieces[rest % 12];
      const target = path.resolve('/base', pathFor(name));
      assert.ok(target.startsWith('/base/') && !target.includes('\0'), JSON.stringify(name));
    }
  });

  it('gives names that differ only in case or form places of their own', () => {
    const names = pathsFor('A.txt', 'a.txt', 'é', 'e\u0301', 'a.txt', 'STRASSE', 'straße');
    assert.deepEqual(names, ['A.txt', 'a-1.txt', 'é', 'é-1', 'a-2.txt', 'STRASSE', 'straße-1']);
  });

  it('puts no file where a folder is, and no folder where a file is', () => {
    assert.deepEqual(pathsFor('a?/x', 'a_', 'a?/y', 'a_/x'), ['a_/x', 'a_-1', 'a_/y', 'a_/x-1']);
    assert.deepEqual(pathsFor('Data', 'data/x.csv', 'data/y.csv'), ['Data', 'data-1/x.csv', 'data-1/y.csv']);
  });

  it('keeps the end of a long name, within what file systems take', () => {
    for (const letter of ['x', 'é', '\u0958', '🙂', '\u{1d49c}']) {
      const long = pathsFor(`${letter.repeat(150)}.csv`, `${letter.repeat(150)}.csv`);
      for (const name of long) {
        assert.ok(Buffer.byteLength(name) <= 143 && name.length > 20, name);
        assert.match(name, /\.csv$/);
      }
      assert.notEqual(long[0], long[1]);
    }
  });
});
