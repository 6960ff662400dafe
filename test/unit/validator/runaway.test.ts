import assert from 'node:assert/strict';
import { countsAway } from '../../../src/validator/runaway.ts';

describe('a loop that counts', () => {
  for (const [start, condition, update, body, away] of [
    ['let i = 0;', 'i >= 0;', 'i++', '{}', true],
    ['i = 0', 'i < 10', 'i--', '{}', true],
    ['let i = 5', 'i > 5', 'i++', '{}', false],
    ['let i = 5', 'i >= 5', 'i += 2', '{ f(i); }', true],
    ['let i = 0', 'i < 10', 'i++', '{}', false],
    ['let i = 10', 'i > 0', '--i', '{}', false],
    ['let i = 0', 'i >= 0', 'i++', '{ if (f()) i = -5; }', false],
    ['let i = 0', 'i >= 0', 'i++', '{ i -= 3; }', false],
    ['let i = 0', 'i == 0', 'i++', '{}', false],
    ['let i = n', 'i >= 0', 'i++', '{}', false],
    ['let $ = 1', '$ > 0', '$++', '{}', true],
  ] as const) {
    it(`${away ? 'never' : 'may'} end: ${start} ${condition} ${update} ${body}`, () => {
      assert.equal(countsAway({ start, condition, update, body }), away);
    });
  }
});
