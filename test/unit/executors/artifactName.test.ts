import assert from 'node:assert/strict';
import path from 'node:path';
import { hostPathFor } from '../../../src/executors/artifactName.ts';

describe('hostPathFor', () => {
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
    ['trailing. ', 'trailing_'],
    ['', 'file'],
    ['///', 'file'],
  ];
  for (const [name, expected] of cases) {
    it(`${JSON.stringify(name)} becomes ${JSON.stringify(expected)}`, () => {
      assert.equal(hostPathFor(name, new Set()), expected);
    });
  }

  it('never leaves the folder, whatever the name', () => {
    const pieces = ['..', '.', '/', '\\', 'a', ' ', '\0', '\u2028', '~', ':', 'nul', '-'];
    for (let seed = 0; seed < 5000; seed++) {
      let name = '';
      for (let rest = seed * 7919, i = 0; i < 6; i++, rest = Math.floor(rest / 12)) name += pieces[rest % 12];
      const target = path.resolve('/base', hostPathFor(name, new Set()));
      assert.ok(target.startsWith('/base/') && !target.includes('\0'), JSON.stringify(name));
    }
  });

  it('gives names that differ only in case or form places of their own', () => {
    const taken = new Set<string>();
    const names = ['A.txt', 'a.txt', 'é', 'e\u0301', 'a.txt'].map((name) => hostPathFor(name, taken));
    assert.deepEqual(names, ['A.txt', 'a-1.txt', 'é', 'é-1', 'a-2.txt']);
  });
});
