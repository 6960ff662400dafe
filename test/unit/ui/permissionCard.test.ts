import assert from 'node:assert/strict';
import { visibleParts } from '../../../src/core/hiddenCharacters.ts';
import type { EditRequest } from '../../../src/core/permission.ts';
import { exactLine } from '../../../src/ui/output/controlText.ts';
import { changeNote } from '../../../src/ui/permissions/changeNote.ts';
import { askedCard, changedCard } from '../../../src/ui/permissions/permissionCard.ts';

const change = (after: string, path = 'lib/total.py'): EditRequest => ({
  kind: 'edit',
  id: 'call-1',
  threadId: 't',
  path,
  purpose: 'Add a helper',
  after,
  hash: 'h',
});

describe('the card of a change', () => {
  const hiding = [
    ['a title of a terminal', 'sep = "\u001b]"; import os; os.abort(); sep = "\u0007"'],
    ['a device string', '# \u001bPevil()\u001b\\ \u001b[2Jx \u001b^a()\u001b\\'],
    ['a line that returns', '# comment\revil()'],
    ['marks of direction and blanks', 'a\u202eb\u200b\u3164\u{e0041}\u{1d173}\ufff0\u0085\u2028c'],
  ] as const;
  for (const [what, line] of hiding) {
    it(`loses nothing of ${what}`, () => {
      const { lines } = askedCard(change(`ok()\n${line}\n`));
      assert.deepEqual(
        lines.map(({ text }) => text),
        ['ok()', line],
      );
    });
  }

  it('warns of files that tools run or obey', () => {
    for (const path of [
      '.gitlab-ci.yml',
      'app/.pre-commit-config.yaml',
      'eslint.config.mjs',
      'web/vite.config.ts',
      'Makefile',
      'lefthook.yml',
      'build.gradle.kts',
      'build.rs',
      '\u017fetup.py',
      'run.SH.',
    ])
      assert.match(askedCard(change('x\n', path)).caution ?? '', /may run or obey/, path);
    for (const path of ['lib/total.py', 'src/config.ts', 'docs/makefile.md', 'a.config.json'])
      assert.equal(askedCard(change('x\n', path)).caution, undefined, path);
  });

  it('keeps its path as it is', () => {
    const path = `a\u00a0 b\u202e/${'x'.repeat(600)}.py `;
    assert.equal(askedCard(change('x\n', path)).path, path);
  });

  it('says so where a line is longer than what is shown of it', () => {
    // Shorter than that once its terminal sequences are gone, as they were before they were looked at.
    const line = `${'\u001b]x\u0007'.repeat(200)}evil()`;
    const card = askedCard(change(`${line}\n`));
    assert.equal(card.lines[0]?.text, `${line.slice(0, 500)}…`);
    assert.match(card.caution ?? '', /not all of the change/);
  });

  it('says so where the editor changed more on saving than was allowed, as does the output channel', () => {
    const asked = askedCard(change('x = 1\n', 'Makefile'));
    const card = changedCard(asked, { written: true, saved: 'x  = 1\n\n' });
    assert.deepEqual([card.status, card.undoable], ['done', true]);
    assert.match(card.caution ?? '', /may run or obey.* your editor changed more of the file than this/);
    assert.equal(changedCard(asked, { written: true }).caution, asked.caution);
    const note = changeNote(change('x = 1\n'), { written: true, saved: 'x = 1\ny = 2\n' });
    assert.match(note, /Changed lib\/total\.py \(\+2 −0 lines, with what your editor changed on saving\)/);
    assert.match(changeNote(change('x = 1\n'), { written: true }), /\(\+1 −0 lines\)/);
  });
});

describe('text that is written out', () => {
  it('has every character that Unicode calls a control, a format or ignorable, and is not seen', () => {
    // Of those, signs that stand in front of numbers and the like are seen.
    const seen = /[\t\n\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]/u;
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character)) continue;
      if (seen.test(character)) continue;
      const number = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
      assert.deepEqual(visibleParts(character), [{ text: number, hidden: true }]);
    }
  });

  it('keeps all of a name on one line', () => {
    assert.equal(exactLine('a\u001b]b\u0007\n\tc\u{e0041}.csv'), 'a␛]b␇␊␉c⟨U+E0041⟩.csv');
    assert.equal(exactLine('x'.repeat(9), 5), 'xxxx…');
  });
});
