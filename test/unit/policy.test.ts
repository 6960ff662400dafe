import assert from 'node:assert/strict';
import { policyAnswer } from '../../src/core/policy.ts';

describe('the approval policy', () => {
  it('never runs blocked code without a person who insists', () => {
    for (const origin of ['agent', 'selection', 'terminal', 'tool', 'mcp', 'rerun'] as const) {
      for (const mode of ['always-ask', 'ask-on-findings', 'run-clean'] as const) {
        assert.equal(
          policyAnswer({ origin, mode, verdict: 'block', approvedForConversation: true }),
          'refuse',
        );
      }
    }
  });

  it("asks for every proposal of a model by default and runs a person's own clean code", () => {
    assert.equal(policyAnswer({ origin: 'agent', mode: 'always-ask', verdict: 'allow' }), 'ask');
    assert.equal(policyAnswer({ origin: 'selection', mode: 'always-ask', verdict: 'allow' }), 'run');
  });

  it('asks for code with findings although clean code may run', () => {
    assert.equal(policyAnswer({ origin: 'agent', mode: 'ask-on-findings', verdict: 'allow' }), 'run');
    assert.equal(policyAnswer({ origin: 'agent', mode: 'ask-on-findings', verdict: 'warn' }), 'ask');
  });
});
