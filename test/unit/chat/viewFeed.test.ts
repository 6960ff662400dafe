import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { applyChange, type Change } from '../../../src/protocol/change.ts';
import { noUsage } from '../../../src/core/usage.ts';
import type { ChatState } from '../../../src/protocol/chatState.ts';
import { toViewSchema, type ToView } from '../../../src/protocol/toView.ts';
import { ViewFeed } from '../../../src/ui/chat/viewFeed.ts';

const word = (delta: string): Change => ({ kind: 'append', id: 'a', field: 'text', delta });

describe('the feed of the chat page', () => {
  let state: ChatState;
  let posted: ToView[];
  let feed: ViewFeed;
  beforeEach(() => {
    state = {
      conversation: { id: 'c', title: '', at: 0 },
      conversations: [],
      older: 0,
      entries: [{ kind: 'assistant', id: 'a', text: '', thinking: '', complete: false }],
      attachments: [],
      setup: { trusted: true, key: 'present', sandbox: { state: 'ready', label: '' }, model: '' },
      busy: true,
      unasked: false,
      usage: noUsage,
    };
    posted = [];
    feed = new ViewFeed(() => state);
    feed.attach({ post: (message) => void posted.push(message), dress: (entry) => entry });
  });
  afterEach(() => feed.dispose());

  function push(...changes: readonly Change[]): void {
    state = changes.reduce(applyChange, state);
    feed.push(changes);
  }

  it('is silent until the page is ready, and while nobody can see it', () => {
    push(word('early'));
    assert.equal(posted.length, 0);
    feed.pageReady();
    feed.setVisible(false);
    push(word(' hidden'));
    assert.deepEqual(
      posted.map(({ kind }) => kind),
      ['snapshot'],
    );
    feed.setVisible(true);
    const last = posted.at(-1);
    assert.ok(last?.kind === 'snapshot');
    const [entry] = last.state.entries;
    assert.equal(entry?.kind === 'assistant' && entry.text, 'early hidden');
  });

  it('keeps text for the composer until a page has it', () => {
    const compose = (text: string) => feed.compose({ text, apart: false, focus: true });
    const given = () => posted.flatMap((message) => (message.kind === 'compose' ? [message] : []));
    const composed = () => given().map(({ text }) => text);
    const arrives = () => feed.composed(given().at(-1)?.id ?? '');
    compose('before the page is ready');
    feed.attach({ post: (message) => void posted.push(message), dress: (entry) => entry });
    // Another conversation is shown before the page is there.
    feed.snapshot();
    assert.deepEqual(posted, []);
    feed.pageReady();
    assert.deepEqual(
      posted.map(({ kind }) => kind),
      ['snapshot', 'compose'],
    );
    arrives();
    feed.setVisible(false);
    compose('while it is hidden');
    assert.deepEqual(composed(), ['before the page is ready']);
    feed.setVisible(true);
    assert.deepEqual(composed(), ['before the page is ready', 'while it is hidden']);
    // That page was ended before it could take it.
    feed.attach({ post: (message) => void posted.push(message), dress: (entry) => entry });
    feed.pageReady();
    const [, lost, again] = given();
    assert.deepEqual(again, lost);
    arrives();
    compose('in sight');
    arrives();
    feed.pageReady();
    assert.deepEqual(composed().slice(2), ['while it is hidden', 'in sight']);
  });

  it('sends the first word at once and joins a burst into one patch', async () => {
    feed.pageReady();
    push(word('a'));
    assert.equal(posted.length, 2);
    for (const letter of 'bcdefgh') push(word(letter));
    assert.equal(posted.length, 2);
    await sleep(80);
    const patch = posted[2];
    assert.ok(patch?.kind === 'patch');
    assert.deepEqual(patch.changes, [word('bcdefgh')]);
    assert.equal(posted.length, 3);
  });

  it('brings a page that follows it to the same state, without a gap', async () => {
    feed.pageReady();
    for (let step = 0; step < 40; step += 1) {
      push(word(`${step} `));
      if (step % 7 === 0) push({ kind: 'busy', busy: step % 2 === 0 }, word('!'));
      if (step % 10 === 0) await sleep(30);
    }
    await sleep(80);
    let page: ChatState | undefined;
    let seq = 0;
    for (const message of posted.map((each) => toViewSchema.parse(structuredClone(each)))) {
      if (message.kind === 'snapshot') page = message.state;
      if (message.kind === 'patch') {
        assert.equal(message.seq, seq + 1);
        page = message.changes.reduce(applyChange, page ?? state);
      }
      if ('seq' in message) seq = message.seq;
    }
    assert.deepEqual(page, state);
  });
});
