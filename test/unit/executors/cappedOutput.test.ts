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
});
