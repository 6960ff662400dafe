import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { openCheckpoints } from '../../../src/agent/checkpoints/openCheckpoints.ts';
import { TurnOwners, type TurnOwnerParts } from '../../../src/agent/checkpoints/turnOwners.ts';
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
  const openWindow = async (options: DeskOptions = {}, later = false, clocks: TurnOwnerParts = {}) => {
    const turns = new TurnOwners(file, clocks);
    const checkpoints = openCheckpoints(file);
    const pay = runCode('I will pay.', { code: 'print("pay the bill")', purpose: 'Pay' });
    const desk = await openDesk(later ? [say('Done too.'), say('Yes.')] : [pay, say('Done.')], {
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

  it('runs once what was approved in both, where one of them took the other for gone', async () => {
    const first = await waitingWindow();
    let steady = 0;
    const answered = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    const decide: DeskOptions['decide'] = async (proposal) => {
      asked.resolve();
      await answered.promise;
      return approve(proposal);
    };
    const second = await openWindow({ decide }, true, { steady: () => steady });
    assert.equal(second.turns.elsewhere('t1'), true);
    steady = 3_600_000;
    const turn = resume(second);
    await asked.promise;
    first.answer();
    await first.turn;
    answered.resolve();
    await turn;
    assert.deepEqual([first.executed, second.executed], [[], ['print("pay the bill")']]);
    assert.deepEqual(
      first.of('failed').map(({ code, message }) => [code, message]),
      [['elsewhere', openElsewhere]],
    );
    assert.deepEqual(second.of('failed'), [], 'the window that lost it has written nothing');
    await second.ask('Thanks');
    assert.deepEqual(second.of('failed'), []);
  });

  describe('of which one is silent', () => {
    let wall: number;
    let steady: number;
    beforeEach(() => {
      wall = 0;
      steady = 0;
      mock.timers.enable({ apis: ['setInterval'] });
    });
    afterEach(() => mock.timers.reset());

    const owners = (isAlive: (pid: number) => boolean = () => true): TurnOwners => {
      const turns = new TurnOwners(file, { now: () => wall, steady: () => steady, isAlive });
      ends.push(() => turns.close());
      return turns;
    };
    const nothing = (): void => undefined;
    /** Time in which the machine is awake; the timers of one that hangs stand still. */
    const pass = (ms: number, hangs = false): void => {
      wall += ms;
      steady += ms;
      if (!hangs) mock.timers.tick(ms);
    };
    const sleep = (ms: number): void => void (wall += ms);

    it('belongs to the one that has it while the machine sleeps, and afterwards', () => {
      const [first, second] = [owners(), owners()];
      assert.equal(first.take('t1', nothing), true);
      pass(10_000);
      assert.equal(second.elsewhere('t1'), true);
      for (let night = 0; night < 5; night += 1) {
        sleep(8 * 3_600_000);
        assert.equal(second.elsewhere('t1'), true);
        assert.equal(second.take('t1', nothing), false);
        pass(19_000);
        assert.equal(second.elsewhere('t1'), true);
      }
      assert.equal(first.elsewhere('t1'), false);
    });

    it('belongs to the one that has it however the clock is set', () => {
      const [first, second] = [owners(), owners()];
      first.take('t1', nothing);
      for (const set of [3_600_000, -7_200_000, 0]) {
        wall += set;
        for (let at = 0; at < 200; at += 1) {
          assert.equal(second.elsewhere('t1'), true);
          pass(1000);
        }
      }
    });

    it('is free once nothing was heard for long, and the one that had it is told when it comes back', () => {
      const [first, second] = [owners(), owners()];
      const lost: string[] = [];
      first.take('t1', () => void lost.push('t1'));
      first.take('t2', () => void lost.push('t2'));
      assert.equal(second.elsewhere('t1'), true);
      pass(59_000, true);
      assert.equal(second.take('t1', nothing), false);
      pass(1000, true);
      assert.equal(second.take('t1', nothing), true);
      assert.equal(first.elsewhere('t1'), true);
      assert.deepEqual(lost, []);
      pass(20_000);
      assert.deepEqual(lost, ['t1']);
      pass(20_000);
      first.keep('t1');
      assert.deepEqual(lost, ['t1'], 'it is told once');
      assert.equal(second.elsewhere('t2'), true, 'what was not taken is kept');
    });

    it('belongs to nobody who died, and is let go of by none whose it is not', () => {
      const first = owners();
      assert.equal(first.take('t1', nothing), true);
      assert.equal(owners().take('t1', nothing), false);
      assert.equal(owners().elsewhere('t2'), false);
      const heir = owners(() => false);
      assert.equal(heir.elsewhere('t1'), false);
      assert.equal(heir.take('t1', nothing), true);
      first.letGo('t1');
      assert.equal(owners().elsewhere('t1'), true);
    });
  });
}).timeout(30_000);
