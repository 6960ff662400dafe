import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Agent } from '../../../src/core/ports.ts';
import { openController, type ControllerDesk } from './controllerDesk.ts';

describe('a request that is asked again', () => {
  let folder: string;
  let desk: ControllerDesk;
  /** What the next request gets instead of an answer. */
  let fails: boolean;
  /** What was said can't be taken back. */
  let stuck: boolean;
  /** Ends each answer. */
  let end: Promise<void>;
  const agent: Agent = {
    ask: async ({ text }, emit) => {
      if (fails) emit({ kind: 'failed', code: 'model-unreachable', message: 'No network.' });
      else emit({ kind: 'text', delta: `About ${text}.` });
      fails = false;
      await end;
    },
    rewind: async () => {
      if (stuck) throw new Error('The disk is full.');
      return { inSummary: false };
    },
    resume: async () => undefined,
    hasPending: async () => false,
    close: async () => undefined,
  };
  const shown = (): readonly string[] =>
    desk.chat.shown.content.entries.map((entry) => ('text' in entry ? entry.text : entry.kind));

  beforeEach(async () => {
    fails = stuck = false;
    end = Promise.resolve();
    folder = await mkdtemp(path.join(os.tmpdir(), 'gbr-'));
    desk = openController(folder, agent);
    await desk.chat.refreshSetup();
  });
  afterEach(async () => {
    await desk.chat.close();
    await rm(folder, { recursive: true });
  });

  it('takes the place of what failed', async () => {
    fails = true;
    await desk.chat.ask('one', []);
    const failure = desk.chat.shown.content.entries.at(-1);
    assert.deepEqual(shown(), ['one', 'failure']);
    await desk.requests.receive({ kind: 'retry', entryId: failure?.id });
    assert.deepEqual(shown(), ['one', 'About one.']);
  });

  it('is left as it is by the retry of an error behind which the conversation went on', async () => {
    fails = true;
    await desk.chat.ask('one', []);
    const failure = desk.chat.shown.content.entries.at(-1);
    await desk.chat.ask('two', []);
    await desk.requests.receive({ kind: 'retry', entryId: failure?.id });
    assert.deepEqual(shown(), ['one', 'failure', 'two', 'About two.']);
    assert.match(desk.warnings.join(), /^Not asked again/);
  });

  describe('in other words', () => {
    const resend = (text: string) =>
      desk.requests.receive({ kind: 'resend', entryId: desk.chat.shown.content.entries[0]?.id, text });
    beforeEach(() => desk.chat.ask('one', []));

    it('has them in its place', async () => {
      await resend('uno');
      assert.deepEqual([shown(), desk.composed], [['uno', 'About uno.'], []]);
    });

    it('gives them to the composer while an answer is under way', async () => {
      const ending = Promise.withResolvers<void>();
      end = ending.promise;
      const answering = desk.chat.ask('two', []);
      while (!desk.chat.shown.content.busy) await new Promise(setImmediate);
      await resend('uno');
      assert.deepEqual(desk.composed, ['uno']);
      ending.resolve();
      await answering;
      assert.deepEqual(shown(), ['one', 'About one.', 'two', 'About two.']);
    });

    it('gives them to the composer, apart from what is written there, where the request is gone', async () => {
      await desk.requests.receive({ kind: 'resend', entryId: 'gone', text: 'uno' });
      assert.deepEqual([desk.composed, desk.composedAs], [['uno'], [[true, false]]]);
    });

    it('gives them to the composer where the old answer can’t be taken back', async () => {
      stuck = true;
      await resend('uno');
      assert.deepEqual([shown(), desk.composed], [['one', 'About one.', 'failure'], ['uno']]);
    });

    it('gives them to the composer where another window went on', async () => {
      const other = openController(folder, agent);
      await desk.chat.listing.search('');
      await other.chat.select(desk.chat.shown.id);
      await other.chat.ask('two', []);
      await other.chat.close();
      await resend('uno');
      assert.deepEqual([shown(), desk.composed], [['one', 'About one.', 'two', 'About two.'], ['uno']]);
    });
  });
});
