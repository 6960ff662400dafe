import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

interface Window extends ControllerDesk {
  /** Waits until it is asked whether another one has the conversation open. */
  readonly asked: (id: string) => Promise<void>;
  readonly answer: (id: string) => void;
}

describe('what the person chose to see', () => {
  let folder: string;
  let ids: readonly string[];
  const desks: Window[] = [];
  const forgotten: string[] = [];
  const agent: Agent = {
    forget: async (id) => void forgotten.push(id),
    ask: async ({ text }, emit) => emit({ kind: 'text', delta: `About ${text}.` }),
    resume: async () => undefined,
    hasPending: async () => false,
    close: async () => undefined,
  };
  const shown = ({ chat }: ControllerDesk): readonly string[] =>
    chat.shown.content.entries.map((entry) => ('text' in entry ? entry.text : entry.kind));
  /** A window in which nobody can say yet whether others have a conversation open. */
  const openWindow = (): Window => {
    const looks = new Map<string, PromiseWithResolvers<boolean>>();
    const look = (id: string): PromiseWithResolvers<boolean> => {
      const there = looks.get(id) ?? Promise.withResolvers<boolean>();
      looks.set(id, there);
      return there;
    };
    const looked = new Set<string>();
    const elsewhere = async (id: string): Promise<boolean> => {
      looked.add(id);
      return ids.includes(id) && (await look(id).promise);
    };
    const window = {
      ...openController(folder, agent, { elsewhere }),
      asked: async (id: string) => {
        while (!looked.has(id)) await new Promise(setImmediate);
      },
      answer: (id: string) => look(id).resolve(false),
    };
    desks.push(window);
    return window;
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbs-'));
    const made: string[] = [];
    for (const text of ['old', 'newest']) {
      const { chat } = openController(folder, agent);
      await chat.refreshSetup();
      await chat.ask(text, []);
      made.push(chat.shown.id);
      await chat.close();
      // Which one is the newest is told by its time.
      const at = Date.now();
      while (Date.now() === at) await new Promise(setImmediate);
    }
    ids = made;
  });
  afterEach(async () => {
    for (const { chat, answer } of desks.splice(0)) {
      for (const id of ids) answer(id);
      await chat.close();
    }
    await rm(folder, { recursive: true });
  });

  const [old, newest] = [() => ids[0] ?? '', () => ids[1] ?? ''];

  it('is restored where it was nothing', async () => {
    const window = openWindow();
    window.answer(newest());
    await window.chat.restore();
    assert.deepEqual(shown(window), ['newest', 'About newest.']);
  });

  it('is the request that was sent before the last conversation was there', async () => {
    const window = openWindow();
    const restoring = window.chat.restore();
    await window.asked(newest());
    await window.chat.ask('at once', []);
    window.answer(newest());
    await restoring;
    assert.deepEqual(shown(window), ['at once', 'About at once.']);
  });

  it('is the new conversation that was begun before the last one was there', async () => {
    const window = openWindow();
    const restoring = window.chat.restore();
    await window.asked(newest());
    window.chat.newConversation();
    window.answer(newest());
    await restoring;
    assert.deepEqual(shown(window), []);
  });

  it('is not a branch that took longer, of which nothing is left then', async () => {
    const window = openWindow();
    window.answer(newest());
    await window.chat.refreshSetup();
    await window.chat.select(newest());
    const request = window.chat.shown.content.entries.find(({ kind }) => kind === 'user');
    const branching = window.chat.branch(request?.id ?? '');
    window.chat.newConversation();
    await branching;
    assert.deepEqual(shown(window), []);
    assert.deepEqual(window.chat.listing.all.map(({ id }) => id).sort(), [...ids].sort());
    assert.equal(forgotten.length, 1);
    assert.ok(!ids.includes(forgotten[0] ?? ''));
  });

  it('is the conversation that was chosen last, however long another one takes', async () => {
    const window = openWindow();
    const first = window.chat.select(newest());
    await window.asked(newest());
    const second = window.chat.select(old());
    await window.asked(old());
    window.answer(old());
    await second;
    window.answer(newest());
    await first;
    assert.deepEqual(shown(window), ['old', 'About old.']);
  });
});
