import assert from 'node:assert/strict';
import { globPattern } from '../../../src/ui/files/globPattern.ts';

describe('a pattern of excludes', () => {
  for (const [glob, yes, no] of [
    ['**/.git', ['.git', 'a/b/.git'], ['git', 'a.git', '.github']],
    ['**/*.pyc', ['a.pyc', 'a/b.pyc'], ['a.py', 'a.pyc/b']],
    ['build/**', ['build/a', 'build/a/b'], ['build', 'rebuild/a']],
    ['**/{dist,out}', ['dist', 'a/out'], ['distant', 'a/dist/b']],
    ['data/?[0-9].csv', ['data/a1.csv'], ['data/1.csv', 'data/ab.csv', 'a1.csv']],
    ['*.log', ['a.log'], ['b/a.log']],
    ['a+b(c).txt', ['a+b(c).txt'], ['aab(c).txt']],
    ['x[!a]', ['xb'], ['xa']],
    ['a}b,c', ['a}b,c'], ['a']],
  ] as const) {
    it(`${glob} means what it means in the editor`, () => {
      const pattern = globPattern(glob);
      assert.deepEqual(
        yes.filter((path) => pattern?.test(path) !== true),
        [],
      );
      assert.deepEqual(
        no.filter((path) => pattern?.test(path) !== false),
        [],
      );
    });
  }

  it('is none where it makes no sense', () => {
    assert.equal(globPattern(''), undefined);
    assert.equal(globPattern('{a'), undefined);
    assert.equal(globPattern('[z-a]'), undefined);
  });
});
