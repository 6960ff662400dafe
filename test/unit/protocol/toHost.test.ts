import assert from 'node:assert/strict';
import { toHostSchema } from '../../../src/protocol/toHost.ts';

describe('messages of the page', () => {
  const refused: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['an unknown kind', { kind: 'eval', text: '1' }],
    [
      'a decision without the hash of what was shown',
      { kind: 'decide', proposalId: 'p', decision: { kind: 'run' } },
    ],
    ['an unknown decision', { kind: 'decide', proposalId: 'p', hash: 'h', decision: { kind: 'sudo' } }],
    ['paths that are no list', { kind: 'attachPaths', paths: '/etc/passwd' }],
    ['too many paths', { kind: 'attachPaths', paths: Array.from({ length: 101 }, () => 'a') }],
    ['an id of a megabyte', { kind: 'rerun', runId: 'r'.repeat(1_000_000) }],
    [
      'an attached file that is no name',
      { kind: 'ask', conversation: 'c', text: 'hi', attachments: [{ path: 'a' }] },
    ],
    ['a request that names no conversation', { kind: 'ask', text: 'hi', attachments: [] }],
  ];
  for (const [what, message] of refused) {
    it(`are refused when they are ${what}`, () => {
      assert.equal(toHostSchema.safeParse(message).success, false);
    });
  }

  it('carry nothing that was not asked for', () => {
    const message = { kind: 'stop', extra: 'x', __proto__: { polluted: true } };
    assert.deepEqual(toHostSchema.parse(message), { kind: 'stop' });
  });
});
