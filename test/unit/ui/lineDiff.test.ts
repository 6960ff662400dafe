import assert from 'node:assert/strict';
import { lineDiff } from '../../../src/ui/permissions/lineDiff.ts';

const words = (before: string, after: string): string[] =>
  lineDiff(before, after).lines.map(({ sign, text }) => `${sign} ${text}`);

describe('a diff by lines', () => {
  it('keeps what two texts have in common', () => {
    assert.deepEqual(words('a\nb\nc\nd\n', 'a\nc\nx\nd\n'), [
      'same a',
      'removed b',
      'same c',
      'added x',
      'same d',
    ]);
  });

  it('shows a new file as added and an emptied one as removed', () => {
    assert.deepEqual(words('', 'a\nb\n'), ['added a', 'added b']);
    assert.deepEqual(words('a\n', ''), ['removed a']);
    assert.deepEqual(words('', ''), []);
  });

  it('leaves out what is far from any change, and counts it', () => {
    const lines = Array.from({ length: 100 }, (_, at) => String(at));
    const diff = lineDiff(lines.join('\n'), lines.with(50, 'x').join('\n'));
    assert.deepEqual(diff.lines[0], { sign: 'gap', text: '47' });
    assert.deepEqual(diff.lines.at(-1), { sign: 'gap', text: '46' });
    assert.deepEqual([diff.lines.length, diff.added, diff.removed, diff.cut], [10, 1, 1, false]);
  });

  it('says when changed lines are left out, and is quick with two long texts', () => {
    const text = (word: string): string =>
      Array.from({ length: 5000 }, (_, at) => `${word} ${at}`).join('\n');
    const diff = lineDiff(text('old'), text('new'));
    assert.equal(diff.cut, true);
    assert.deepEqual([diff.added, diff.removed], [5000, 5000]);
    assert.ok(diff.lines.length < 500);
  });
});
