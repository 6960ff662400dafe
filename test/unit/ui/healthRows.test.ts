import assert from 'node:assert/strict';
import { healthRows } from '../../../src/ui/sandbox/healthRows.ts';

describe('a check in the list of the sandbox', () => {
  it('is one row where that has room for it', () => {
    assert.deepEqual(healthRows({ name: 'history', ok: true, detail: 'All is well.' }), [
      { label: '$(pass) history', detail: 'All is well.' },
    ]);
  });

  it('has as many rows as it takes, and loses no word', () => {
    const detail = Array.from({ length: 60 }, (_, at) => `word${at}`).join(' ');
    const [head, ...more] = healthRows({ name: 'sandbox', ok: false, detail });
    assert.equal(head?.label, '$(warning) sandbox');
    assert.ok(more.length >= 3);
    const rest = more.map(({ label }) => label.replace('$(blank) ', ''));
    for (const row of [head?.detail ?? '', ...rest]) assert.ok(row.length <= 72, row);
    assert.equal([head?.detail, ...rest].join(' '), detail);
  });
});
