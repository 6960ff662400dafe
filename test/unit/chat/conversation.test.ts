import assert from 'node:assert/strict';
import type { AgentEvent } from '../../../src/core/agent.ts';
import type { Agent } from '../../../src/core/ports.ts';
import { GloveboxError } from '../../../src/core/errors.ts';
import { Conversation } from '../../../src/ui/chat/conversation.ts';
import { blankConversation } from '../../../src/ui/chat/storedConversation.ts';
import { storedConversationSchema } from '../../../src/ui/chat/storedConversation.ts';
import { inputFile } from '../agent/agentDesk.ts';
import { clean, proposalOf, resultOf, sandbox } from '../../page/support/samples.ts';

let ids = 0;

/** A conversation whose agent says these things and ends. */
function conversationWith(events: readonly AgentEvent[], over: Partial<Agent> = {}): Conversation {
  const agent: Agent = {
    ask: async (_request, emit) => events.forEach(emit),
    resume: async () => undefined,
    hasPending: async () => false,
    close: async () => undefined,
    ...over,
  };
  return new Conversation(blankConversation('c', 1), {
    agent: async () => agent,
    newId: () => `e${(ids += 1)}`,
    now: () => 2,
    secrets: () => [],
  });
}

const text = (delta: string): AgentEvent => ({ kind: 'text', delta });
const usage: AgentEvent = {
  kind: 'usage',
  usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 0 },
};

describe('a conversation', () => {
  const kinds = (conversation: Conversation) =>
    conversation.content.entries.map((entry) =>
      entry.kind === 'assistant' ? entry.text : entry.kind === 'card' ? `card:${entry.status}` : entry.kind,
    );

  it('keeps text, cards and later text in their order, and sums up the tokens', async () => {
    const proposal = proposalOf('c');
    const conversation = conversationWith([
      text('I will '),
      text('count.'),
      { kind: 'drafting', proposalId: 'p1' },
      usage,
      { kind: 'proposed', proposal, report: clean },
      { kind: 'decided', proposalId: 'p1', decision: { kind: 'run', hash: proposal.hash, by: 'policy' } },
      { kind: 'run', proposalId: 'p1', event: { kind: 'started', sandbox, at: 0 } },
      { kind: 'run', proposalId: 'p1', event: { kind: 'output', stream: 'stdout', text: 'a\u001b[3' } },
      { kind: 'run', proposalId: 'p1', event: { kind: 'output', stream: 'stdout', text: '1mb\u0007' } },
      { kind: 'ran', proposalId: 'p1', result: resultOf() },
      text('It is 2.'),
      usage,
      { kind: 'done' },
    ]);
    await conversation.ask('Count\nplease', []);
    assert.deepEqual(kinds(conversation), ['user', 'I will count.', 'card:ended', 'It is 2.']);
    assert.equal(conversation.content.usage.inputTokens, 20);
    assert.equal(conversation.content.conversation.title, 'Count');
    const card = conversation.content.entries[2];
    assert.ok(card?.kind === 'card');
    assert.equal(card.approval, 'policy');
    assert.equal(
      card.stdout.text,
      'ab\u2407',
      'a sequence that was cut in two is gone, a bell is written out',
    );
  });

  it('keeps secrets that a program writes off the screen, and shows code as it is', async () => {
    const key = 'sk-ant-api03-abcdefghijklmnop';
    const proposal = proposalOf('c', { code: `use("${key}")` });
    const output = (piece: string): AgentEvent => ({
      kind: 'run',
      proposalId: 'p1',
      event: { kind: 'output', stream: 'stdout', text: piece },
    });
    const conversation = conversationWith([
      { kind: 'proposed', proposal, report: clean },
      output(`it is ${key.slice(0, 14)}`),
      output(key.slice(14)),
      {
        kind: 'ran',
        proposalId: 'p1',
        result: resultOf({ stdout: `it is ${key}`, value: `'${key}'`, message: `${key} was refused` }),
      },
      { kind: 'done' },
    ]);
    await conversation.ask('Show', []);
    const card = conversation.content.entries[1];
    assert.ok(card?.kind === 'card');
    assert.equal(card.stdout.text, 'it is sk-[secret removed]');
    assert.deepEqual(
      [card.outcome?.value, card.outcome?.message],
      ["'[secret removed]'", '[secret removed] was refused'],
    );
    assert.equal(card.code, proposal.code);
    assert.equal(JSON.stringify(conversation.stored()).split(key).length, 2, 'once, in the code');
    const silent = conversationWith([
      { kind: 'proposed', proposal, report: clean },
      { kind: 'ran', proposalId: 'p1', result: resultOf({ stderr: `it is ${key}` }) },
    ]);
    await silent.ask('Show', []);
    const [, late] = silent.content.entries;
    assert.equal(late?.kind === 'card' && late.stderr.text, 'it is [secret removed]');
  });

  it('takes back what a broken reply had said, and nothing before it', async () => {
    const conversation = conversationWith([
      text('First.'),
      usage,
      { kind: 'thinking', delta: 'hm' },
      text('Half a re'),
      { kind: 'drafting', proposalId: 'p9' },
      { kind: 'retracted' },
      text('Whole reply.'),
      { kind: 'done' },
    ]);
    await conversation.ask('Go', []);
    assert.deepEqual(kinds(conversation), ['user', 'First.', 'Whole reply.']);
  });

  it('drops a draft that never became a proposal once the model goes on', async () => {
    const conversation = conversationWith([
      { kind: 'drafting', proposalId: 'p1' },
      usage,
      text('Never mind.'),
      { kind: 'done' },
    ]);
    await conversation.ask('Go', []);
    assert.deepEqual(kinds(conversation), ['user', 'Never mind.']);
  });

  it('shows a fault of the agent where the answer would be', async () => {
    const conversation = conversationWith([], {
      ask: () => Promise.reject(new GloveboxError('no-key', 'Set a key first.')),
    });
    await conversation.ask('Go', []);
    const failure = conversation.content.entries.at(-1);
    assert.deepEqual(failure?.kind === 'failure' && [failure.code, failure.message], [
      'no-key',
      'Set a key first.',
    ]);
    assert.equal(conversation.content.busy, false);
  });

  it('comes back from its stored form, and an open decision with it', async () => {
    const proposal = proposalOf('c');
    const first = conversationWith([{ kind: 'proposed', proposal, report: clean }], {
      ask: async (_request, emit) => {
        emit({ kind: 'proposed', proposal, report: clean });
        await new Promise(() => undefined);
      },
    });
    void first.ask('Count', []);
    await new Promise(setImmediate);
    const stored = storedConversationSchema.parse(JSON.parse(JSON.stringify(first.stored())));
    const resumed: string[] = [];
    const agent: Agent = {
      ask: async () => undefined,
      hasPending: async () => true,
      resume: async (thread, emit) => {
        resumed.push(thread);
        emit({ kind: 'proposed', proposal, report: clean });
        emit({ kind: 'decided', proposalId: 'p1', decision: { kind: 'reject', reason: 'no' } });
      },
      close: async () => undefined,
    };
    const parts = { agent: async () => agent, newId: () => 'n', now: () => 3, secrets: () => [] };
    const second = new Conversation(stored, parts);
    assert.deepEqual(kinds(second), ['user', 'card:waiting']);
    await second.resume();
    assert.deepEqual([resumed, kinds(second)], [['c'], ['user', 'card:rejected']]);
  });

  it('asks again by the names of what it takes back, and is busy from the first moment on', async () => {
    const taken: string[][] = [];
    const files: string[][] = [];
    const rewinding = Promise.withResolvers<void>();
    const conversation = conversationWith([], {
      ask: async (request, emit) => {
        files.push(request.files.map(({ name }) => name));
        emit(text(`To ${request.text}.`));
      },
      rewind: async (_thread, ids) => {
        taken.push([...ids]);
        await rewinding.promise;
        return { inSummary: true };
      },
    });
    await conversation.ask('one', [inputFile('a.csv', 'a')]);
    await conversation.ask('two', []);
    const asked = conversation.content.entries.filter(({ kind }) => kind === 'user').map(({ id }) => id);
    const again = (words: string) =>
      conversation.askAgain(asked[0]!, words, async () => ({
        files: conversation.behind.files(asked[0]!),
        missing: ['gone.png'],
      }));
    const first = again('three');
    assert.equal(conversation.content.busy, true);
    await again('four');
    await conversation.ask('five', []);
    assert.deepEqual(kinds(conversation), ['user', 'To one.', 'user', 'To two.'], 'nothing is lost before');
    rewinding.resolve();
    await first;
    assert.deepEqual(taken, [asked]);
    assert.deepEqual(kinds(conversation), ['user', 'notice', 'notice', 'To three.']);
    assert.deepEqual(files, [['a.csv'], [], ['a.csv']]);
    assert.match(JSON.stringify(conversation.content.entries), /part of a summary.*gone\.png/);
  });

  it('keeps what was said when it cannot be taken back', async () => {
    const conversation = conversationWith([text('Fine.')], {
      rewind: () => Promise.reject(new GloveboxError('bad-input', 'The file is locked.')),
    });
    await conversation.ask('one', []);
    const [request] = conversation.content.entries;
    await conversation.askAgain(request!.id, 'two', async () => ({ files: [], missing: [] }));
    assert.deepEqual(kinds(conversation), ['user', 'Fine.', 'failure']);
    assert.equal(conversation.content.busy, false);
  });

  it('says of a card that nobody can decide any more that it came to nothing', async () => {
    const stored = blankConversation('c', 1);
    const conversation = conversationWith([]);
    conversation.receive({ kind: 'proposed', proposal: proposalOf('c'), report: clean });
    const again = new Conversation(
      { ...stored, entries: conversation.content.entries },
      {
        agent: async () => ({
          ask: async () => undefined,
          resume: async () => undefined,
          hasPending: async () => false,
          close: async () => undefined,
        }),
        newId: () => 'n',
        now: () => 3,
        secrets: () => [],
      },
    );
    await again.resume();
    assert.deepEqual(kinds(again), ['card:lapsed']);
  });
});
