import assert from 'node:assert/strict';
import { isBelow } from '../../src/core/below.ts';

describe('a path relative to a folder', () => {
  it('is below it, or is not', () => {
    for (const below of ['a', 'a/b', '..data/x', '...', 'a/..', '.hidden']) assert.ok(isBelow(below), below);
    for (const not of ['', '..', '../a', '..\\a', '/etc', '\\\\host\\share', 'D:\\a', 'D:a'])
      assert.ok(!isBelow(not), not);
  });
});
