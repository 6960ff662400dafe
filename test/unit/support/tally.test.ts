import assert from 'node:assert/strict';
import { failed, passed, requireAll, skipped, sum, summaryLine } from '../../run/tally.ts';

describe('the tally of a test run', () => {
  const some = sum([passed(3), failed('a'), skipped('b', 'c'), passed()]);

  it('adds up what the suites report', () => {
    assert.equal(summaryLine(some), '4 passed, 1 failed, 2 skipped');
  });

  it('counts every skipped test as failed where everything is required', () => {
    const strict = requireAll(some);
    assert.equal(summaryLine(strict), '4 passed, 3 failed, 0 skipped');
    assert.match(strict.failed[1] ?? '', /^b \(skipped/);
  });
});
