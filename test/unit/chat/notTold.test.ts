import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../../src/core/errors.ts';
import type { Agent } from '../../../src/core/ports.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { inputFile } from '../agent/agentDesk.ts';
import { openController } from './controllerDesk.ts';

describe('a request where what it is asked with can’t be read', () => {
  let folder: string;
  const asked: string[] = [];
  const agent: Agent = {
    ask: async ({ text }) => void asked.push(text),
    resume: async () => undefined,
    hasPending: async () => false,
    close: async () => undefined,
  };
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'gbr-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('goes back to the composer with its files, with a word about why', async () => {
    const conversations = new ConversationFiles(folder);
    const { chat, requests, warnings, composed } = openController(folder, agent, { conversations });
    try {
      await chat.restore();
      await chat.ask('first', []);
      conversations.load = async () => {
        throw new Error('The conversation can’t be read.');
      };
      chat.attach([inputFile('a.csv', 'a')]);
      const conversation = chat.shown.id;
      await requests.receive({ kind: 'ask', conversation, text: 'second', attachments: ['a.csv'] });
      const [first] = chat.shown.content.entries;
      assert.ok(first?.kind === 'user');
      await requests.receive({ kind: 'resend', entryId: first.id, text: 'in other words' });
      assert.deepEqual(composed, ['second', 'in other words']);
      assert.deepEqual(
        chat.attachments.list().map(({ name }) => name),
        ['a.csv'],
      );
      assert.deepEqual(warnings, ['The conversation can’t be read.', 'The conversation can’t be read.']);
      assert.deepEqual(asked, ['first']);
    } finally {
      await chat.close();
    }
  });

  it('is shown, with what to do, where the agent has lost its memory', async () => {
    const { chat } = openController(folder, agent, {
      agent: async () => {
        throw new GloveboxError('storage', 'Move the file away.');
      },
    });
    try {
      await chat.restore();
      await chat.ask('first', [inputFile('a.csv', 'a')]);
      const [request, failure] = chat.shown.content.entries;
      assert.ok(request?.kind === 'user' && failure?.kind === 'failure');
      assert.deepEqual([request.text, request.files.map(({ name }) => name)], ['first', ['a.csv']]);
      assert.deepEqual([failure.code, failure.message], ['storage', 'Move the file away.']);
    } finally {
      await chat.close();
    }
  });
});
