import assert from 'node:assert/strict';
import { decidedByStarting } from '../../src/core/decision.ts';
import type { Verdict } from '../../src/core/finding.ts';
import { policyAnswer } from '../../src/core/policy.ts';
import { propose } from '../../src/pipeline/propose.ts';

const draft = { id: 'p', language: 'python', code: '1', purpose: '', title: 'p.py', files: [] } as const;

describe('the approval policy', () => {
  it('never runs blocked code without a person who insists', () => {
    for (const origin of ['agent', 'selection', 'terminal', 'tool', 'mcp', 'rerun'] as const) {
      for (const mode of ['always-ask', 'ask-on-findings'] as const) {
        assert.equal(
          policyAnswer({ origin, mode, verdict: 'block', approvedForConversation: true }),
          'refuse',
        );
      }
    }
  });

  it('asks for every proposal of a model by default', () => {
    assert.equal(policyAnswer({ origin: 'agent', mode: 'always-ask', verdict: 'allow' }), 'ask');
  });

  it("leaves a person's own code to that person, who decides by starting it unless it is blocked", () => {
    for (const origin of ['selection', 'terminal', 'rerun'] as const) {
      for (const mode of ['always-ask', 'ask-on-findings'] as const)
        assert.equal(policyAnswer({ origin, mode, verdict: 'allow' }), 'ask');
      const proposal = propose({ ...draft, origin }, 'docker');
      const decided = (verdict: Verdict) => decidedByStarting(proposal, { verdict, findings: [] });
      const run = { kind: 'run', hash: proposal.hash, by: 'person' };
      assert.deepEqual([decided('allow'), decided('warn'), decided('block')], [run, run, undefined]);
    }
  });

  it('asks for code with findings although clean code may run', () => {
    assert.equal(policyAnswer({ origin: 'agent', mode: 'ask-on-findings', verdict: 'allow' }), 'run');
    assert.equal(policyAnswer({ origin: 'agent', mode: 'ask-on-findings', verdict: 'warn' }), 'ask');
  });
});
