import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { longestRequest } from '../../../src/protocol/limits.ts';
import type { Agent } from '../../../src/core/ports.ts';
import { PendingDecisions } from '../../../src/ui/decisions/pendingDecisions.ts';
import { PendingPermissions } from '../../../src/ui/permissions/pendingPermissions.ts';
import type { KeyAnswer } from '../../../src/ui/secrets/keyAnswer.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';
import { ScriptedAgent } from '../../page/support/scriptedAgent.ts';
import { inputFile } from '../agent/agentDesk.ts';
import { openController } from './controllerDesk.ts';

describe('what the page asks for', () => {
  it('is told in a warning of its own for each reason why a file was left out', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbq-'));
    const leftOut = ['There are no files in a to attach.', 'There are no files in b to attach.'];
    const attachPaths = async () => ({ files: [], leftOut });
    const { chat, requests, warnings } = openController(folder, new ScriptedAgent(), { attachPaths });
    try {
      await requests.receive({ kind: 'attachPaths', paths: ['a', 'b'] });
      assert.deepEqual(warnings, leftOut);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is not left undone without a word where it is not understood', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbq-'));
    const agent = new ScriptedAgent();
    const { chat, requests, warnings } = openController(folder, agent);
    try {
      const text = 'x'.repeat(longestRequest + 1);
      await requests.receive({ kind: 'ask', conversation: chat.shown.id, text, attachments: [] });
      assert.match(warnings.join(), /^Nothing was done, because .* too long/);
      assert.deepEqual(agent.requests, []);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is asked in the conversation that the person saw, or goes back to the composer with its files', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbq-'));
    const agent = new ScriptedAgent();
    const { chat, requests, composed } = openController(folder, agent);
    const ask = (conversation: string, text: string) =>
      requests.receive({ kind: 'ask', conversation, text, attachments: ['a.csv'] });
    try {
      await chat.restore();
      const seen = chat.shown.id;
      const first = ask(seen, 'one');
      (await agent.next()).end();
      await first;
      chat.newConversation();
      chat.attach([inputFile('a.csv', 'a')]);
      await ask(seen, 'two');
      const [attached] = chat.attachments.list();
      assert.deepEqual([composed, attached?.name, agent.requests.length], [['two'], 'a.csv', 1]);
      const unseen = ask('', 'three');
      const answering = await agent.next();
      assert.equal(answering.request.threadId, chat.shown.id);
      answering.end();
      await unseen;
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });

  it('is done at the first of two presses, and the second one does not deny it', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbq-'));
    const [pending, permissions] = [new PendingDecisions(), new PendingPermissions()];
    const { chat, requests, warnings } = openController(folder, new ScriptedAgent(), {
      pending,
      permissions,
    });
    try {
      const proposal = proposalOf('c');
      const deciding = pending.decide(proposal, clean, new AbortController().signal);
      const run = { kind: 'decide', proposalId: proposal.id, hash: proposal.hash, decision: { kind: 'run' } };
      await Promise.all([requests.receive(run), requests.receive(run)]);
      assert.equal((await deciding).kind, 'run');
      const question = { kind: 'secret', id: 'q', threadId: 'c', path: '.env', bytes: 1, hash: 'h' } as const;
      const permitting = permissions.permit(question, new AbortController().signal);
      const allow = { kind: 'permit', requestId: 'q', hash: 'h', allow: true, reason: '' };
      await Promise.all([requests.receive(allow), requests.receive(allow)]);
      assert.equal((await permitting).kind, 'allow');
      assert.deepEqual(warnings, [
        'This proposal has been decided already, or a newer version has taken its place.',
        'This question has been answered already, or a newer one has taken its place.',
      ]);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });

  it('asks again with a key that was given only where the person still sees what failed', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbq-'));
    const asked: string[] = [];
    const key = Promise.withResolvers<KeyAnswer>();
    const agent: Agent = {
      ask: async ({ text }, emit) => {
        asked.push(text);
        emit({ kind: 'failed', code: 'bad-key', message: 'The key was refused.' });
      },
      resume: async () => undefined,
      hasPending: async () => false,
      close: async () => undefined,
    };
    const { chat, requests } = openController(folder, agent, { askForKey: () => key.promise });
    try {
      await chat.restore();
      await chat.ask('first', []);
      const first = chat.shown.id;
      chat.newConversation();
      await chat.ask('second', []);
      const setting = requests.receive({ kind: 'setKey' });
      await chat.select(first);
      key.resolve({ given: true, there: true });
      await setting;
      assert.deepEqual(asked, ['first', 'second']);
      await requests.receive({ kind: 'setKey' });
      assert.deepEqual(asked, ['first', 'second', 'first']);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });
});
