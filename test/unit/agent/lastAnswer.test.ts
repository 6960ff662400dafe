import assert from 'node:assert/strict';
import type { Decision } from '../../../src/core/decision.ts';
import type { Verdict } from '../../../src/core/finding.ts';
import type { ApprovalMode } from '../../../src/core/policy.ts';
import { runCode, say } from '../../support/messages/script.ts';
import { approve, openDesk, type Desk } from './agentDesk.ts';

describe('an answer of the person', () => {
  let desk: Desk | undefined;
  afterEach(async () => desk?.close());

  /** One proposal; while its card waits, settings are changed so that it needs no question any more. */
  const answered = async (answer: Decision): Promise<readonly string[]> => {
    const options: { mode: ApprovalMode; decide: () => Decision } = {
      mode: 'always-ask',
      decide: () => {
        options.mode = 'ask-on-findings';
        return answer;
      },
    };
    desk = await openDesk([runCode('Now.', { code: 'print(1)', purpose: 'One' }), say('Done.')], options);
    await desk.ask('Go');
    return desk.executed;
  };

  it('that rejects counts, also where the settings let the program run unasked by now', async () => {
    assert.deepEqual(await answered({ kind: 'reject', reason: 'No.' }), []);
    assert.deepEqual(
      desk?.of('decided').map(({ decision }) => decision.kind),
      ['reject'],
    );
  });

  it('that edits counts, too', async () => {
    assert.deepEqual(await answered({ kind: 'edit', code: 'print(2)' }), ['print(2)']);
  });

  it('that came last counts, also where there is nothing to insist on any more', async () => {
    let verdict: Verdict = 'block';
    let asked = 0;
    desk = await openDesk([runCode('Now.', { code: 'print(1)', purpose: 'One' }), say('Done.')], {
      verdict: () => verdict,
      decide: (proposal) => {
        asked += 1;
        if (asked === 1) return approve(proposal);
        verdict = 'allow';
        return { kind: 'reject', reason: 'No.' };
      },
    });
    await desk.ask('Go');
    assert.equal(asked, 2);
    assert.deepEqual(desk.executed, []);
  });
});
