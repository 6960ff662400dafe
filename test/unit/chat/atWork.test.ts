import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

describe('an answer in a conversation that is not shown', () => {
  let folder: string;
  let desk: ControllerDesk;
  let stopped: string[];
  let busy: boolean[];
  let proposes: boolean;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbk-'));
    [stopped, busy, proposes] = [[], [], false];
    // Works until it is stopped.
    const agent: Agent = {
      ask: async ({ text, threadId }, emit, signal) => {
        if (proposes) emit({ kind: 'proposed', proposal: proposalOf(threadId), report: clean });
        await new Promise((stop) => signal.addEventListener('abort', stop));
        stopped.push(text);
      },
      resume: async () => undefined,
      hasPending: async () => false,
      close: async () => undefined,
    };
    desk = openController(folder, agent);
    desk.chat.onDidChangeBusy((now) => busy.push(now));
  });
  afterEach(async () => {
    desk.chat.stopAll();
    await desk.chat.close();
    await rm(folder, { recursive: true });
  });

  /** Asks, waits until the agent works, and turns to a new conversation. */
  const leave = async (text: string): Promise<{ readonly id: string; readonly turn: Promise<void> }> => {
    const { id } = desk.chat.shown;
    const turn = desk.chat.ask(text, []);
    while (!desk.chat.shown.content.busy) await new Promise((go) => setImmediate(go));
    await new Promise((go) => setImmediate(go));
    desk.chat.newConversation();
    return { id, turn };
  };
  /** Which conversations the list marks, and how. */
  const marks = async (): Promise<readonly unknown[]> => {
    await desk.chat.listing.refresh();
    return desk.chat.state().conversations.map(({ id, works, waits }) => ({ id, works, waits }));
  };

  it('can be stopped by the command, which is offered until no answer runs', async () => {
    const first = await leave('a');
    const second = await leave('b');
    assert.deepEqual(new Set(busy), new Set([true]));
    // The button in the composer belongs to the conversation over it.
    desk.chat.stop();
    await new Promise((go) => setImmediate(go));
    assert.deepEqual(stopped, []);
    desk.chat.stopAll();
    await Promise.all([first.turn, second.turn]);
    assert.deepEqual(stopped, ['a', 'b']);
    assert.deepEqual(busy, [true, true, true, false]);
  });

  it('is marked in the list while it runs, and in no file', async () => {
    const { id, turn } = await leave('a');
    assert.deepEqual(await marks(), [{ id, works: true, waits: undefined }]);
    const kept = new ConversationFiles(folder);
    while ((await kept.load(id)) === undefined) await new Promise((go) => setTimeout(go, 10));
    assert.equal((await kept.list())[0]?.works, undefined);
    desk.chat.stopAll();
    await turn;
    assert.deepEqual(await marks(), [{ id, works: undefined, waits: undefined }]);
  });

  it('is marked as waiting alone where it does', async () => {
    proposes = true;
    const { id, turn } = await leave('a');
    assert.deepEqual(await marks(), [{ id, works: undefined, waits: true }]);
    desk.chat.stopAll();
    await turn;
  });
});
