import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import { storedConversationSchema } from '../../../src/ui/chat/storedConversation.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

const agent: Agent = {
  ask: async ({ text }, emit) => emit({ kind: 'text', delta: `About ${text}.` }),
  resume: async () => undefined,
  hasPending: async () => false,
  close: async () => undefined,
};
const wentOn = 'Another window went on with this conversation. It is shown as it is now.';
const both = ['first', 'About first.', 'second', 'About second.'];

describe('a conversation with which another window went on', () => {
  let folder: string;
  let old: ControllerDesk;
  let id: string;
  const desks: ControllerDesk[] = [];
  const openWindow = (): ControllerDesk => {
    const desk = openController(folder, agent);
    desks.push(desk);
    return desk;
  };
  const shown = ({ chat }: ControllerDesk): readonly string[] => texts(chat.shown.content.entries);
  const onDisk = async () =>
    storedConversationSchema.parse(JSON.parse(await readFile(path.join(folder, `${id}.json`), 'utf8')));
  const texts = (entries: readonly object[]): readonly string[] =>
    entries.flatMap((entry) => ('text' in entry ? String(entry.text) : []));
  const kept = async (): Promise<readonly string[]> => texts((await onDisk()).entries);
  /** What a window does with the conversation before it is closed, which keeps what is not kept yet. */
  const inAnother = async (does: (desk: ControllerDesk) => Promise<void>): Promise<void> => {
    const desk = openWindow();
    await desk.chat.select(id);
    await does(desk);
    await desk.chat.close();
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbo-'));
    const writer = openWindow();
    await writer.chat.ask('first', []);
    ({ id } = writer.chat.shown);
    await writer.chat.close();
    old = openWindow();
    await old.chat.select(id);
  });
  afterEach(async () => {
    for (const { chat } of desks.splice(0)) await chat.close();
    await rm(folder, { recursive: true });
  });

  it('is shown as it is now instead of keeping the state of an old view', async () => {
    await inAnother(({ chat }) => chat.ask('second', []));
    await old.chat.session.keep(true);
    assert.deepEqual([shown(old), old.warnings], [both, [wentOn]]);
    assert.equal(old.chat.shown.content.conversation.keepsState, undefined);
    await old.chat.session.keep(true);
    await old.chat.close();
    assert.deepEqual(await kept(), both);
    assert.equal((await onDisk()).conversation.keepsState, true);
  });

  it('is not written from an old view, whatever changed in it', async () => {
    await inAnother(({ chat }) => chat.ask('second', []));
    old.chat.shown.receive({ kind: 'notice', message: 'Said of the old view.' });
    for (let wait = 0; wait < 500 && old.warnings.length === 0; wait += 1)
      await new Promise((go) => setTimeout(go, 10));
    assert.deepEqual([shown(old), old.warnings], [both, [wentOn]]);
    await old.chat.close();
    assert.deepEqual(await kept(), both);
  });

  it('keeps the name that it got there', async () => {
    await inAnother(({ chat }) => chat.rename(id, 'Apples'));
    await old.chat.ask('second', []);
    assert.deepEqual([old.composed, old.warnings], [['second'], [wentOn]]);
    await old.chat.ask('second', []);
    await old.chat.close();
    assert.deepEqual([await kept(), (await onDisk()).conversation.title], [both, 'Apples']);
  });

  it('is written over and over by one window that is alone with it', async () => {
    for (const name of ['One', 'Two']) {
      await old.chat.rename(id, name);
      await old.chat.listing.search('');
      assert.equal((await onDisk()).conversation.title, name);
    }
    await old.chat.ask('second', []);
    await old.chat.close();
    assert.deepEqual([await kept(), old.warnings], [both, []]);
  });

  it('shows that a change was taken back here', async () => {
    const request = {
      kind: 'edit',
      id: 'c1',
      threadId: id,
      path: 'a.txt',
      purpose: '',
      before: 'a',
      after: 'b',
      hash: 'h',
    } as const;
    old.chat.shown.receive({ kind: 'asked', request });
    old.chat.shown.receive({ kind: 'changed', requestId: 'c1', result: { written: true } });
    await old.chat.listing.search('');
    const before = old.chat.shown;
    await inAnother(({ chat }) => chat.ask('second', []));
    await old.chat.undone(before, 'c1');
    const card = old.chat.shown.content.entries.find((entry) => entry.kind === 'permission');
    assert.deepEqual([shown(old), old.warnings, card?.status], [both, [wentOn], 'undone']);
  });
});
