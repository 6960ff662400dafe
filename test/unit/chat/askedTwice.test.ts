import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import type { KeyAnswer } from '../../../src/ui/secrets/keyAnswer.ts';
import { inputFile } from '../agent/agentDesk.ts';
import { openController } from './controllerDesk.ts';

describe('two requests while the person is asked for a key', () => {
  it('are one that is sent, and one that goes back to the composer with its files', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'gbk-'));
    const key = Promise.withResolvers<KeyAnswer>();
    const asked: string[] = [];
    const end = Promise.withResolvers<void>();
    const agent: Agent = {
      ask: async ({ text }) => {
        asked.push(text);
        await end.promise;
      },
      resume: async () => undefined,
      hasPending: async () => false,
      close: async () => undefined,
    };
    const { chat, composed } = openController(folder, agent, {
      setup: async () => ({
        trusted: true,
        key: 'missing',
        sandbox: { state: 'ready', label: 'docker' },
        model: 'claude-test',
      }),
      askForKey: () => key.promise,
    });
    try {
      await chat.restore();
      const first = chat.ask('one', []);
      const second = chat.ask('two', [inputFile('a.csv', 'a')]);
      key.resolve({ given: true, there: true });
      await second;
      end.resolve();
      await first;
      assert.deepEqual([asked, composed], [['one'], ['two']]);
      assert.deepEqual(
        chat.attachments.list().map(({ name }) => name),
        ['a.csv'],
      );
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });
});
