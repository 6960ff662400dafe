import assert from 'node:assert/strict';
import { CappedOutput } from '../../../src/executors/cappedOutput.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('CappedOutput', () => {
  it('keeps everything that fits, whatever the pieces', () => {
    const output = new CappedOutput(100);
    const text = 'añb🙂c\n';
    const shown = [...bytes(text)].map((byte) => output.push(Uint8Array.of(byte))).join('');
    assert.equal(shown, text);
    assert.deepEqual(output.finish(), { text, truncated: false, bytes: 10 });
  });

  for (let budget = 8; budget < 40; budget++) {
    it(`never cuts a character in two (budget ${budget})`, () => {
      const output = new CappedOutput(budget);
      output.push(bytes('🙂é世'.repeat(50)));
      const { text, truncated, bytes: total } = output.finish();
      assert.ok(truncated && !text.includes('\ufffd'), text);
      const kept = text.replace(/\n… (\d+) of 450 bytes left out …\n/, '');
      const missing = Number(/… (\d+) of/.exec(text)?.[1]);
      assert.equal(total, 450);
      assert.equal(bytes(kept).length + missing, 450);
      assert.ok(bytes(kept).length <= budget);
    });
  }

  it('spills all bytes in order once the budget is gone, and only then', () => {
    const spilled: number[] = [];
    let opened = 0;
    const output = new CappedOutput(10, () => {
      opened++;
      return { write: (chunk) => void spilled.push(...chunk) };
    });
    output.push(bytes('0123456789'));
    assert.equal(opened, 0);
    for (let i = 0; i < 100; i++) output.push(bytes(`${i},`));
    const all = '0123456789' + Array.from({ length: 100 }, (_, i) => `${i},`).join('');
    assert.equal(opened, 1);
    assert.equal(Buffer.from(spilled).toString(), all);
    assert.match(output.finish().text, /^01234\n… \d+ of 300 bytes left out …\n8,99,$/);
  });

  it('shows the beginning at once and says when it stops', () => {
    const output = new CappedOutput(10);
    assert.equal(output.push(bytes('12345')), '12345');
    assert.match(output.push(bytes('678901')), /more output follows/);
    assert.equal(output.push(bytes('more')), '');
  });

  it('shows its end when all is over, once, and what is missing before it', () => {
    const output = new CappedOutput(10);
    assert.match(output.push(bytes('0123456789abcdef')), /^01234\n… more output follows/);
    output.push(bytes('THE END'));
    assert.equal(output.rest(), '\n… 13 of 23 bytes left out …\nE END');
    assert.equal(output.rest(), '');
    const small = new CappedOutput(10);
    small.push(bytes('all of it'));
    assert.equal(small.rest(), '');
  });

  for (let length = 9; length < 40; length++)
    it(`gives out each character once, with nothing missing that is kept (${length} characters)`, () => {
      const output = new CappedOutput(24);
      const text = '🙂é世x'.repeat(10).slice(0, length);
      const pieces = [...bytes(text)].map((byte) => output.push(Uint8Array.of(byte)));
      const shown = (pieces.join('') + output.rest()).replace(/\n… more output follows[^\n]*\n/, '');
      const [, left = '0'] = /\n… (\d+) of \d+ bytes left out …\n/.exec(shown) ?? [];
      const kept = shown.replace(/\n… \d+ of \d+ bytes left out …\n/, '');
      assert.ok(!kept.includes('\ufffd') || text.endsWith('\ud83d'), shown);
      if (left === '0') assert.equal(kept, Buffer.from(text).toString());
      // What the decoder still held when the budget was gone is counted as shown: three bytes at most.
      else assert.ok(Math.abs(bytes(kept).length + Number(left) - bytes(text).length) <= 3, shown);
    });
});
