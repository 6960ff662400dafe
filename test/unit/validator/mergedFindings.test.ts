import assert from 'node:assert/strict';
import { LineIndex } from '../../../src/validator/parse/lineIndex.ts';
import { toFindings, type Sighting } from '../../../src/validator/sighting.ts';

describe('findings of one rule at one place', () => {
  const at = (message: string, more: Partial<Sighting> = {}): Sighting => ({
    rule: 'fs.outside',
    start: 0,
    end: 4,
    message,
    route: [],
    ...more,
  });
  const merged = (...sightings: Sighting[]) =>
    toFindings(sightings, new LineIndex('open'), {}).map(({ severity, message }) => [severity, message]);

  it('are one, and the worst of them, in whatever order they were seen', () => {
    const mild = at('mild', { severity: 'warn' });
    assert.deepEqual(merged(mild, at('worse')), [['block', 'worse']]);
    assert.deepEqual(merged(at('worse'), mild, at('again')), [['block', 'worse']]);
  });

  it('stay apart at another place or of another rule', () => {
    assert.equal(merged(at('one'), at('two', { end: 3 }), at('three', { rule: 'code.eval' })).length, 3);
  });
});
