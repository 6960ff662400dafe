import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { longestRequest } from '../../../src/protocol/limits.ts';
import { ScriptedAgent } from '../../page/support/scriptedAgent.ts';
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
      await requests.receive({ kind: 'ask', text: 'x'.repeat(longestRequest + 1), attachments: [] });
      assert.match(warnings.join(), /^Nothing was done, because .* too long/);
      assert.deepEqual(agent.requests, []);
    } finally {
      await chat.close();
      await rm(folder, { recursive: true });
    }
  });
});
