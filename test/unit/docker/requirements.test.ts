import assert from 'node:assert/strict';
import { GloveboxError } from '../../../src/core/errors.ts';
import { parseRequirements } from '../../../src/executors/docker/images/requirements.ts';

describe('package requirements', () => {
  it('takes names, extras and versions', () => {
    const good = [
      'requests',
      'polars[excel]',
      'scikit-learn>=1.5,<2',
      'a',
      'Zope.Interface==5.*',
      'x ~= 1.0',
    ];
    assert.deepEqual(parseRequirements(good), [
      'a',
      'polars[excel]',
      'requests',
      'scikit-learn>=1.5,<2',
      'x~=1.0',
      'Zope.Interface==5.*',
    ]);
  });

  it('does not depend on order, repetition or blank lines', () => {
    assert.deepEqual(parseRequirements(['b', '', 'a', 'b ']), parseRequirements(['a', 'b']));
  });

  const hostile = [
    'tabulate; rm -rf /',
    'a\nRUN evil',
    '--index-url=http://evil',
    '-r /etc/passwd',
    'a @ https://evil/a.whl',
    'git+https://evil/a',
    './local',
    '../up',
    '$(id)',
    '`id`',
    "a'",
    'a && b',
    'a --hash=sha256:0',
    'a; python_version < "3"',
    'é',
    `a${'b'.repeat(300)}`,
  ];
  for (const line of hostile) {
    it(`refuses ${JSON.stringify(line.slice(0, 40))} and names it`, () => {
      assert.throws(
        () => parseRequirements([line]),
        (error) =>
          GloveboxError.is(error, 'bad-input') &&
          error.message.includes(JSON.stringify(line.slice(0, 30)).slice(1, -1)),
      );
    });
  }
});
