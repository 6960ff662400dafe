import assert from 'node:assert/strict';
import { applyChange, extendTail, tailLength, type Change } from '../../../src/protocol/change.ts';
import { noUsage } from '../../../src/core/usage.ts';
import { chatStateSchema, type ChatState } from '../../../src/protocol/chatState.ts';

const empty: ChatState = {
  conversation: { id: 'c', title: '', at: 0 },
  conversations: [],
  older: 0,
  entries: [],
  attachments: [],
  setup: { trusted: true, key: 'present', sandbox: { state: 'ready', label: '' }, model: '' },
  busy: false,
  unasked: false,
  usage: noUsage,
};
const answer = (id: string): Change => ({
  kind: 'entry',
  entry: { kind: 'assistant', id, text: '', thinking: '', complete: false },
});

describe('a change of the chat', () => {
  it('appends words to the entry that it names', () => {
    const changes: Change[] = [
      answer('a'),
      answer('b'),
      { kind: 'append', id: 'a', field: 'text', delta: 'Hello' },
      { kind: 'append', id: 'a', field: 'text', delta: ' you' },
      { kind: 'append', id: 'gone', field: 'text', delta: '!' },
    ];
    const { entries } = changes.reduce(applyChange, empty);
    assert.deepEqual(
      entries.map((entry) => (entry.kind === 'assistant' ? entry.text : '')),
      ['Hello you', ''],
    );
  });

  it('takes away an entry, or it and all that follow', () => {
    const three = [answer('a'), answer('b'), answer('c')].reduce(applyChange, empty);
    const ids = (state: ChatState) => state.entries.map(({ id }) => id);
    assert.deepEqual(ids(applyChange(three, { kind: 'remove', id: 'b' })), ['a', 'c']);
    assert.deepEqual(ids(applyChange(three, { kind: 'truncate', id: 'b' })), ['a']);
    assert.deepEqual(ids(applyChange(three, { kind: 'truncate', id: 'x' })), ['a', 'b', 'c']);
  });

  it('leaves a state that the page accepts', () => {
    const state = [answer('a'), { kind: 'busy', busy: true } as const].reduce(applyChange, empty);
    assert.deepEqual(chatStateSchema.parse(structuredClone(state)), state);
  });
});

describe('the tail of a stream', () => {
  it('is the same end, whatever the pieces', () => {
    const text = Array.from({ length: 9000 }, (_, index) => `${index}🧤`).join('');
    for (const size of [1000, 7777, 20_000, text.length]) {
      let tail = { text: '', dropped: 0 };
      for (let at = 0; at < text.length; at += size)
        tail = extendTail(tail, { text: text.slice(at, at + size), dropped: 0 });
      assert.ok(text.endsWith(tail.text));
      assert.equal(tail.dropped + tail.text.length, text.length);
      assert.ok(tail.text.length > tailLength - 2);
      assert.ok(tail.text.isWellFormed());
    }
  });

  it('gives up what it had when something is missing in between', () => {
    const tail = extendTail({ text: 'old', dropped: 2 }, { text: 'new', dropped: 10 });
    assert.deepEqual(tail, { text: 'new', dropped: 15 });
  });
});
