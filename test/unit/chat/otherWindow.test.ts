import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { openElsewhere, type AgentEvent } from '../../../src/core/agent.ts';
import type { Agent } from '../../../src/core/ports.ts';
import type { ChatParts } from '../../../src/ui/chat/chatParts.ts';
import { ConversationFiles } from '../../../src/ui/chat/conversationFiles.ts';
import { clean, proposalOf } from '../../page/support/samples.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

describe('a conversation that another window has open', () => {
  let folder: string;
  /** What windows have a turn open in, as the file of turns would say. */
  let underWay: Set<string>;
  const desks: ControllerDesk[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbw-'));
    underWay = new Set();
    // The look at the other window comes when a test says so.
    mock.timers.enable({ apis: ['setInterval'] });
  });
  afterEach(async () => {
    mock.timers.reset();
    for (const { chat } of desks.splice(0)) await chat.close();
    await rm(folder, { recursive: true });
  });

  const openWindow = (over: Partial<Agent> = {}, parts: Partial<ChatParts> = {}) => {
    const did: string[] = [];
    const agent: Agent = {
      ask: async ({ text }, emit) => {
        did.push(`ask ${text}`);
        emit({ kind: 'text', delta: `About ${text}.` });
      },
      resume: async (thread) => void did.push(`resume ${thread}`),
      hasPending: async () => true,
      forget: async (thread) => void did.push(`forget ${thread}`),
      close: async () => undefined,
      ...over,
    };
    const desk = { ...openController(folder, agent, parts), did };
    desks.push(desk);
    return desk;
  };
  const entries = ({ chat }: ControllerDesk): readonly string[] =>
    chat.shown.content.entries.map((entry) =>
      entry.kind === 'card' ? `card:${entry.status}` : 'text' in entry ? entry.text : entry.kind,
    );
  const onDisk = async (id: string): Promise<string> =>
    JSON.stringify((await new ConversationFiles(folder).load(id)) ?? '');

  /** A window with an open card, and how its turn goes on. */
  const waitingWindow = async () => {
    const proposal = proposalOf('c');
    const goOn = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<(event: AgentEvent) => void>();
    const first = openWindow({
      ask: async (_request, emit) => {
        emit({ kind: 'proposed', proposal, report: clean });
        asked.resolve(emit);
        await goOn.promise;
      },
    });
    const { id } = first.chat.shown;
    const turn = first.chat.ask('Pay', []);
    const emit = await asked.promise;
    underWay.add(id);
    while (!(await onDisk(id)).includes('"waiting"')) await new Promise((go) => setTimeout(go, 10));
    return {
      id,
      end: async () => {
        emit({ kind: 'text', delta: 'Paid.' });
        goOn.resolve();
        await turn;
        underWay.delete(id);
        while (!(await onDisk(id)).includes('Paid.')) await new Promise((go) => setTimeout(go, 10));
      },
    };
  };

  it('is shown as such, neither resumed nor written, and as it became afterwards', async () => {
    const first = await waitingWindow();
    const second = openWindow({}, { elsewhere: async (id) => underWay.has(id) });
    await second.chat.restore();
    assert.deepEqual(entries(second), ['Pay', 'card:lapsed', openElsewhere]);
    await second.chat.ask('And now?', []);
    await second.chat.rename(first.id, 'Mine');
    await second.chat.remove(first.id);
    assert.deepEqual(second.did, []);
    assert.deepEqual(second.composed, ['And now?']);
    assert.deepEqual(second.warnings, [openElsewhere, openElsewhere, openElsewhere]);
    await first.end();
    await second.chat.ask('And now?', []);
    assert.deepEqual(second.did, []);
    assert.match(second.warnings.at(-1) ?? '', /went on/);
    assert.deepEqual(entries(second), ['Pay', 'card:lapsed', 'Paid.']);
    await second.chat.ask('And now?', []);
    assert.deepEqual(second.did, ['ask And now?']);
    await second.chat.close();
    assert.doesNotMatch(await onDisk(first.id), /another window/);
  });

  it('is resumed by itself as soon as a window that was closing is gone', async () => {
    const first = await waitingWindow();
    const second = openWindow({}, { elsewhere: async (id) => underWay.has(id) });
    await second.chat.restore();
    mock.timers.tick(1000);
    await new Promise(setImmediate);
    assert.deepEqual(second.did, []);
    underWay.clear();
    mock.timers.tick(1000);
    while (second.did.length === 0) await new Promise((go) => setTimeout(go, 20));
    assert.deepEqual(second.did, [`resume ${first.id}`]);
    assert.doesNotMatch(entries(second).join(), /another window/);
  });

  it('is resumed where the other window is gone', async () => {
    const first = await waitingWindow();
    underWay.clear();
    const second = openWindow({}, { elsewhere: async (id) => underWay.has(id) });
    await second.chat.restore();
    while (second.chat.shown.content.busy) await new Promise(setImmediate);
    assert.deepEqual(second.did, [`resume ${first.id}`]);
  });

  it('comes back first in the workspace that it belongs to', async () => {
    const talk = async (workspace: string | undefined, text: string): Promise<void> => {
      const { chat } = openWindow({}, { workspace: () => workspace });
      await chat.ask(text, []);
      await chat.close();
    };
    const restored = async (workspace: string): Promise<readonly string[]> => {
      const window = openWindow({}, { workspace: () => workspace });
      await window.chat.restore();
      return entries(window);
    };
    await talk('file:///a', 'apples');
    await talk('file:///b', 'pears');
    assert.deepEqual(await restored('file:///a'), ['apples', 'About apples.']);
    assert.deepEqual(
      await restored('file:///c'),
      [],
      'what belongs to another workspace is only in the list',
    );
    await talk(undefined, 'plums');
    assert.deepEqual(await restored('file:///c'), ['plums', 'About plums.']);
  });
});
