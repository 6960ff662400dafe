import assert from 'node:assert/strict';
import type { Report } from '../../../src/core/finding.ts';
import type { Agent } from '../../../src/core/ports.ts';
import type { Card } from '../../../src/protocol/card.ts';
import { editingCard } from '../../../src/ui/chat/cardOf.ts';
import { Conversation } from '../../../src/ui/chat/conversation.ts';
import { blankConversation } from '../../../src/ui/chat/storedConversation.ts';
import { blocked, clean, proposalOf } from '../../page/support/samples.ts';

const idle: Agent = {
  ask: async () => undefined,
  resume: async () => undefined,
  hasPending: async () => false,
  close: async () => undefined,
};

describe('a card whose code is judged anew', () => {
  const proposal = proposalOf('c');
  const warned = (line: number): Report => ({
    verdict: 'warn',
    findings: blocked.findings.map((finding) => ({
      ...finding,
      severity: 'warn',
      range: { ...finding.range, startLine: line },
    })),
  });
  const asked = (report = clean) => {
    const conversation = new Conversation(blankConversation('c', 1), {
      agent: async () => idle,
      newId: () => 'e1',
      now: () => 2,
      secrets: () => [],
    });
    conversation.waiting(proposal, report);
    return conversation;
  };
  const decided = (report = clean) => {
    const conversation = asked(report);
    const decision = { kind: 'run', hash: proposal.hash, by: 'person' } as const;
    conversation.receive({ kind: 'decided', proposalId: proposal.id, decision });
    return conversation;
  };
  const card = (conversation: Conversation): Card => {
    const entry = conversation.content.entries.at(-1);
    assert.ok(entry?.kind === 'card');
    return entry;
  };
  const shown = (conversation: Conversation) => {
    const { status, verdict } = card(conversation);
    return [status, verdict];
  };

  it('waits again where the code was found to be worse after the decision', () => {
    const conversation = decided();
    conversation.waiting(proposal, blocked);
    assert.deepEqual(shown(conversation), ['waiting', 'block']);
  });

  it('waits again where another finding is asked about that leaves it as bad as it was', () => {
    const conversation = decided(warned(1));
    conversation.waiting(proposal, warned(0));
    assert.deepEqual(shown(conversation), ['waiting', 'warn']);
    assert.equal(card(conversation).findings[0]?.range.startLine, 0);
  });

  it('waits again where its answer was lost, whatever it showed of it', () => {
    const ran = decided();
    const progress = { kind: 'progress', message: 'Starting' } as const;
    ran.receive({ kind: 'run', proposalId: proposal.id, event: progress });
    const rejected = asked();
    rejected.receive({ kind: 'decided', proposalId: proposal.id, decision: { kind: 'reject' } });
    for (const conversation of [ran, rejected]) {
      conversation.waiting(proposal, clean);
      assert.deepEqual(card(conversation), card(asked()));
    }
  });

  it('stays decided where the agent tells of it again and nobody asks', () => {
    const conversation = decided(warned(1));
    for (const report of [warned(1), clean]) conversation.receive({ kind: 'proposed', proposal, report });
    assert.deepEqual(shown(conversation), ['starting', 'warn']);
  });

  it('is not drawn anew where it waits with the same findings, and is still being edited', () => {
    const conversation = asked(warned(1));
    conversation.changeCard(proposal.id, (before) => editingCard(before, true));
    let changes = 0;
    conversation.onDidChange(() => (changes += 1));
    conversation.waiting(proposal, warned(1));
    assert.equal(changes, 0);
    conversation.waiting(proposal, warned(0));
    assert.deepEqual([changes, card(conversation).editing], [1, true]);
  });
});
