import assert from 'node:assert/strict';
import type { Agent } from '../../../src/core/ports.ts';
import { Conversation } from '../../../src/ui/chat/conversation.ts';
import { blankConversation } from '../../../src/ui/chat/storedConversation.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';

const idle: Agent = {
  ask: async () => undefined,
  resume: async () => undefined,
  hasPending: async () => false,
  close: async () => undefined,
};

describe('a card whose code is judged anew', () => {
  const proposal = proposalOf('c');
  const card = () => {
    const conversation = new Conversation(blankConversation('c', 1), {
      agent: async () => idle,
      newId: () => 'e1',
      now: () => 2,
      secrets: () => [],
    });
    conversation.waiting(proposal, clean);
    const decision = { kind: 'run', hash: proposal.hash, by: 'person' } as const;
    conversation.receive({ kind: 'decided', proposalId: proposal.id, decision });
    return conversation;
  };
  const shown = (conversation: Conversation) => {
    const entry = conversation.content.entries.at(-1);
    assert.ok(entry?.kind === 'card');
    return [entry.status, entry.verdict];
  };

  it('waits again where the code was found to be worse after the decision', () => {
    const conversation = card();
    conversation.waiting(proposal, { verdict: 'block', findings: [] });
    assert.deepEqual(shown(conversation), ['waiting', 'block']);
  });

  it('stays decided where nothing new is told', () => {
    const conversation = card();
    conversation.waiting(proposal, clean);
    assert.deepEqual(shown(conversation), ['starting', 'allow']);
  });
});
