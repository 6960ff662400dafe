import assert from 'node:assert/strict';
import { capped, cleanOutput, plain } from '../../../src/agent/cleanOutput.ts';

describe('cleaning program output for the model', () => {
  it('leaves ordinary text alone', () => {
    const text = 'Total 1,000.00\n\tünïcode 漢字 🎉 sk-short AKIA eyJ.x';
    assert.equal(cleanOutput(text, 1000, ['']), text);
  });

  it('drops terminal sequences and shows other controls', () => {
    assert.equal(plain('\u001b[31mred\u001b[0m \u001b]0;title\u0007x'), 'red x');
    assert.equal(plain('a\u0000b\u0007c'), 'a\ufffdb\ufffdc');
    assert.equal(plain('10%\r20%\r\n'), '10%\n20%\n');
  });

  it('drops characters that hide or reorder text', () => {
    assert.equal(plain('ab\u202ec\u200bd\u2066e\u{e0041}f'), 'abcdef');
  });

  it('finds a secret that hidden characters split', () => {
    assert.equal(cleanOutput('sk-ant-\u200bapi03-abcdefghijklmnop', 100), '[secret removed]');
  });

  it('keeps head and tail, and says what is missing', () => {
    const text = `${'a'.repeat(600)}${'b'.repeat(600)}`;
    const cut = capped(text, 100);
    assert.match(cut, /^a{60}\n\[… 1100 characters left out …\]\nb{40}$/);
    assert.equal(capped('short', 100), 'short');
  });

  it('never cuts a character in two', () => {
    for (let limit = 10; limit < 16; limit += 1) {
      assert.ok(capped('🎉'.repeat(30), limit).isWellFormed());
    }
  });
});
