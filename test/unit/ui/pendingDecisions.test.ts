import assert from 'node:assert/strict';
import { propose } from '../../../src/pipeline/propose.ts';
import { UnaskedConversations } from '../../../src/ui/decisions/unaskedConversations.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';

const report = { verdict: 'allow', findings: [] } as const;
const proposalOf = (code: string) =>
  propose(
    {
      id: 'p1',
      origin: 'agent',
      language: 'python',
      code,
      purpose: 'count',
      title: 'count.py',
      files: [],
    },
    'docker',
  );

describe('pending decisions', () => {
  it('takes the first answer that names the shown code', async () => {
    const pending = new PendingDecisions();
    const proposal = proposalOf('print(1)');
    const decision = pending.decide(proposal, report, new AbortController().signal);
    assert.equal(pending.answer('p1', proposalOf('print(2)').hash, { kind: 'reject' }), false);
    assert.equal(
      pending.answer('p1', proposal.hash, { kind: 'run', hash: proposal.hash, by: 'person' }),
      true,
    );
    assert.equal(pending.answer('p1', proposal.hash, { kind: 'reject' }), false);
    assert.deepEqual(await decision, { kind: 'run', hash: proposal.hash, by: 'person' });
    assert.deepEqual(pending.list(), []);
  });

  it('rejects when it is stopped, before or during the question', async () => {
    const pending = new PendingDecisions();
    const stop = new AbortController();
    const during = pending.decide(proposalOf('print(1)'), report, stop.signal);
    stop.abort();
    assert.equal((await during).kind, 'reject');
    assert.equal((await pending.decide(proposalOf('print(1)'), report, stop.signal)).kind, 'reject');
  });

  it('rejects an older version of a proposal when a newer one is asked about', async () => {
    const pending = new PendingDecisions();
    const older = pending.decide(proposalOf('print(1)'), report, new AbortController().signal);
    const newer = pending.decide(proposalOf('print(2)'), report, new AbortController().signal);
    assert.equal((await older).kind, 'reject');
    assert.equal(pending.get('p1')?.proposal.code, 'print(2)');
    pending.answer('p1', proposalOf('print(2)').hash, { kind: 'edit', code: 'print(3)' });
    assert.equal((await newer).kind, 'edit');
  });

  it('tells who waits and how it ended', async () => {
    const pending = new PendingDecisions();
    const seen: string[] = [];
    pending.onDidOpen(({ proposal }) => seen.push(`open ${proposal.code}`));
    pending.onDidClose(({ decision }) => seen.push(`close ${decision.kind}`));
    const proposal = proposalOf('print(1)');
    const decision = pending.decide(proposal, report, new AbortController().signal);
    pending.answer('p1', proposal.hash, { kind: 'edit', code: 'print(3)' });
    await decision;
    assert.deepEqual(seen, ['open print(1)', 'close edit']);
  });
});

describe('a conversation whose clean code runs unasked', () => {
  it('is one where the person said so, until it is taken back', async () => {
    const pending = new PendingDecisions();
    const unasked = new UnaskedConversations(pending);
    const heard: string[] = [];
    unasked.onDidChange((id) => heard.push(`${id} ${unasked.has(id)}`));
    const answer = async (threadId: string, forConversation: boolean) => {
      const proposal = { ...proposalOf('print(1)'), threadId };
      const { hash } = proposal;
      const decision = pending.decide(proposal, report, new AbortController().signal);
      pending.answer('p1', hash, { kind: 'run', hash, by: 'person', forConversation });
      await decision;
    };
    await answer('other', false);
    await answer('here', true);
    unasked.askAgain('other');
    unasked.askAgain('here');
    assert.deepEqual(heard, ['here true', 'here false']);
  });
});
