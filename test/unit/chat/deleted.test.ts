import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import type { Setup } from '../../../src/protocol/chatState.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import type { KeyAnswer } from '../../../src/ui/secrets/keyAnswer.ts';
import { inputFile } from '../agent/agentDesk.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

describe('a conversation that is deleted', () => {
  let folder: string;
  let desk: ControllerDesk;
  /** What the agent did, in its order. */
  let did: string[];
  let key: Setup['key'];
  let asksForKey: PromiseWithResolvers<void>;
  let givenKey: PromiseWithResolvers<KeyAnswer>;
  let answering: PromiseWithResolvers<void>;
  let conversations: ConversationFiles;
  const agent: Agent = {
    ask: async ({ text }, _emit, signal) => {
      did.push(`asked ${text}`);
      if (text !== 'slow') return;
      signal.addEventListener('abort', () => did.push('stopped'));
      await answering.promise;
      did.push('ended');
    },
    forget: async () => void did.push('forgotten'),
    resume: async () => undefined,
    hasPending: async () => false,
    close: async () => undefined,
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbd-'));
    did = [];
    key = 'present';
    asksForKey = Promise.withResolvers();
    givenKey = Promise.withResolvers();
    answering = Promise.withResolvers();
    conversations = new ConversationFiles(folder);
    desk = openController(folder, agent, {
      conversations,
      setup: async () => ({
        trusted: true,
        key,
        sandbox: { state: 'ready', label: 'docker' },
        model: 'claude-test',
      }),
      askForKey: () => {
        asksForKey.resolve();
        return givenKey.promise;
      },
    });
    await desk.chat.restore();
  });
  afterEach(async () => {
    await desk.chat.close();
    await rm(folder, { recursive: true });
  });

  it('gives back what was to be asked in it while the person was asked for a key', async () => {
    const { chat, composed } = desk;
    await chat.ask('first', []);
    key = 'missing';
    await chat.refreshSetup();
    const asking = chat.ask('second', [inputFile('a.csv', 'a')]);
    await asksForKey.promise;
    await chat.remove(chat.shown.id);
    givenKey.resolve({ given: true, there: true });
    await asking;
    assert.deepEqual([did, composed], [['asked first', 'forgotten'], ['second']]);
    assert.deepEqual(
      chat.attachments.list().map(({ name }) => name),
      ['a.csv'],
    );
  });

  it('is neither shown nor listed nor found while it goes, and takes no request', async () => {
    const { chat, warnings } = desk;
    await chat.ask('first', []);
    const { id } = chat.shown;
    // A search looks into files, so it writes first what is not written yet.
    await chat.listing.search('first');
    const removing = Promise.withResolvers<void>();
    conversations.remove = () => removing.promise;
    const removed = chat.remove(id);
    while (chat.shown.id === id) await new Promise(setImmediate);
    await chat.listing.refresh();
    assert.deepEqual(chat.listing.all, []);
    await chat.select(id);
    assert.deepEqual([chat.shown.content.entries, warnings.length], [[], 1]);
    removing.resolve();
    await removed;
  });

  it('is forgotten by the agent once its turn has ended, which writes to the last', async () => {
    const { chat } = desk;
    const asking = chat.ask('slow', []);
    while (did.length === 0) await new Promise(setImmediate);
    const removed = chat.remove(chat.shown.id);
    while (!did.includes('stopped')) await new Promise(setImmediate);
    await chat.listing.refresh();
    assert.deepEqual(chat.listing.all, []);
    answering.resolve();
    await asking;
    await removed;
    assert.deepEqual(did, ['asked slow', 'stopped', 'ended', 'forgotten']);
  });
});
