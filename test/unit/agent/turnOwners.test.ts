import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openCheckpoints } from '../../../src/agent/checkpoints/openCheckpoints.ts';
import { TurnOwners } from '../../../src/agent/checkpoints/turnOwners.ts';
import { openElsewhere } from '../../../src/core/agent.ts';
import { runCode, say } from '../../support/messages/script.ts';
import { approve, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

describe('a conversation in two windows', () => {
  let folder: string;
  let file: string;
  const ends: (() => Promise<void> | void)[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'glovebox-turns-'));
    file = path.join(folder, 'conversations.db');
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
    await rm(folder, { recursive: true });
  });

  /** A window: an agent and a turn owner of its own over the file of all. */
  const openWindow = async (options: DeskOptions = {}, later = false) => {
    const turns = new TurnOwners(file);
    const checkpoints = openCheckpoints(file);
    const pay = runCode('I will pay.', { code: 'print("pay the bill")', purpose: 'Pay' });
    const desk = await openDesk(later ? [say('Done too.')] : [pay, say('Done.')], {
      ...options,
      parts: { checkpoints, turns },
    });
    ends.push(
      () => desk.close(),
      () => checkpoints.close(),
      () => turns.close(),
    );
    return Object.assign(desk, { turns });
  };
  /** One that waits for its decision, which is given by `answer`. */
  const waitingWindow = async () => {
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const window = await openWindow({
      decide: async (proposal) => {
        asked.resolve();
        await answered.promise;
        return approve(proposal);
      },
    });
    const turn = window.ask('Pay the bill');
    await asked.promise;
    return { ...window, turn, answer: () => answered.resolve() };
  };
  const resume = (window: Desk) =>
    window.agent.resume('t1', (event) => window.events.push(event), new AbortController().signal);

  it('runs what was approved in one of them alone', async () => {
    const first = await waitingWindow();
    const second = await openWindow({}, true);
    assert.equal(second.turns.elsewhere('t1'), true);
    assert.equal(await second.agent.hasPending('t1'), false);
    await resume(second);
    await second.ask('Pay it twice');
    assert.deepEqual(
      second.of('failed').map(({ code, message }) => [code, message]),
      [
        ['elsewhere', openElsewhere],
        ['elsewhere', openElsewhere],
      ],
    );
    await assert.rejects(second.agent.rewind!('t1', ['Pay the bill']), { code: 'elsewhere' });
    first.answer();
    await first.turn;
    assert.deepEqual([first.executed, second.executed], [['print("pay the bill")'], []]);
    assert.deepEqual(first.of('failed'), []);
  });

  it('is free again when the turn has ended', async () => {
    const first = await waitingWindow();
    const second = await openWindow({}, true);
    first.answer();
    await first.turn;
    assert.equal(second.turns.elsewhere('t1'), false);
    await second.ask('Thanks');
    assert.deepEqual(second.of('failed'), []);
  });

  it('goes on in the other where the first one is gone', async () => {
    const first = await waitingWindow();
    const second = await openWindow({}, true);
    first.turns.close();
    assert.equal(await second.agent.hasPending('t1'), true);
    await resume(second);
    assert.deepEqual(second.executed, ['print("pay the bill")']);
  });

  it('belongs to nobody who died, or whose number another process has got since', () => {
    const owner = new TurnOwners(file, { now: () => 0 });
    const other = (parts: { now?: () => number; isAlive?: (pid: number) => boolean }): TurnOwners => {
      const turns = new TurnOwners(file, parts);
      ends.push(() => turns.close());
      return turns;
    };
    ends.push(() => owner.close());
    assert.equal(owner.take('t1'), true);
    assert.equal(other({ now: () => 60_000 }).take('t1'), false);
    assert.equal(other({ now: () => 60_000, isAlive: () => false }).elsewhere('t1'), false);
    assert.equal(other({ now: () => 3_600_000 }).elsewhere('t1'), false);
    assert.equal(other({ now: () => 60_000 }).elsewhere('t2'), false);
    assert.equal(other({ now: () => 60_000, isAlive: () => false }).take('t1'), true);
    owner.letGo('t1');
    assert.equal(other({ now: () => 60_000 }).elsewhere('t1'), true, 'nobody lets go of what is not his');
  });
}).timeout(30_000);
