import assert from 'node:assert/strict';
import { WarmPool } from '../../../src/executors/pool/warmPool.ts';
import { Places } from '../../../src/executors/pool/places.ts';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';

/** A sandbox that is nothing but its own end. */
class Nothing implements Sandbox {
  readonly closed: Promise<void>;
  gone = false;
  destroyed = 0;
  #end: () => void = () => undefined;

  constructor() {
    this.closed = new Promise((resolve) => (this.#end = resolve));
  }
  onFrame = () => ({ dispose: () => undefined });
  send = async () => undefined;
  pause = () => undefined;
  resume = () => undefined;
  whyLost = async () => 'killed' as const;
  destroy = async () => {
    this.destroyed++;
    this.die();
  };
  die(): void {
    this.gone = true;
    this.#end();
  }
}

function poolOf(size: number, fail: () => boolean = () => false) {
  const opened: Nothing[] = [];
  const open = async (): Promise<Nothing> => {
    if (fail()) throw new Error('no');
    const sandbox = new Nothing();
    opened.push(sandbox);
    return sandbox;
  };
  return { opened, pool: new WarmPool({ size: () => size, idleMs: 60_000, open }) };
}

const soon = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 300));

describe('WarmPool', () => {
  it('hands each out once and makes another', async () => {
    const { pool, opened } = poolOf(2);
    await pool.filled();
    const taken = [pool.take(), pool.take(), pool.take()];
    assert.deepEqual(taken, [opened[0], opened[1], undefined]);
    await pool.filled();
    assert.equal(pool.ready, 2);
    assert.equal(opened.length, 4);
    await pool.close();
    assert.deepEqual(
      opened.map(({ destroyed }) => destroyed),
      [0, 0, 1, 1],
    );
  });

  it('does not hand out one that has died', async () => {
    const { pool, opened } = poolOf(2);
    await pool.filled();
    opened[0]?.die();
    assert.equal(pool.take(), opened[1]);
    await pool.close();
  });

  it('starts nothing while a run needs the machine, and goes on afterwards', async () => {
    const { pool, opened } = poolOf(1);
    const release = pool.hold();
    pool.take();
    await soon();
    assert.equal(opened.length, 0);
    release();
    await soon();
    assert.equal(pool.ready, 1);
    await pool.close();
  });

  it('backs off after a failure and tries again when somebody runs something', async () => {
    let failing = true;
    const { pool, opened } = poolOf(1, () => failing);
    await assert.rejects(pool.filled(), /no/);
    failing = false;
    await soon();
    assert.equal(opened.length, 0);
    pool.take();
    await soon();
    assert.equal(pool.ready, 1);
    await pool.close();
  });

  it('says that it is filled where some wait, and why not where none does', async () => {
    let left = 1;
    const { pool } = poolOf(2, () => left-- <= 0);
    await pool.filled();
    assert.equal(pool.ready, 1);
    pool.take();
    await assert.rejects(pool.filled(), /no/);
    left = 2;
    await pool.filled();
    await pool.close();
    await pool.filled();
  });

  it('lets go of what is more than should wait now, also of what was being started', async () => {
    let size = 2;
    const opened: Nothing[] = [];
    const open = async (): Promise<Nothing> => {
      opened.push(new Nothing());
      return opened.at(-1)!;
    };
    const pool = new WarmPool({ size: () => size, idleMs: 60_000, open });
    await pool.filled();
    size = 1;
    pool.fit();
    assert.deepEqual([pool.ready, opened.map(({ destroyed }) => destroyed)], [1, [0, 1]]);
    pool.take();
    const filling = pool.filled();
    size = 0;
    pool.fit();
    await filling;
    assert.equal(pool.ready, 0);
    assert.equal(opened.at(-1)?.destroyed, 1);
    await pool.close();
  });

  it('lets who gives up waiting go at once, and the next in line have what comes', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<Nothing>();
    const pool = new WarmPool({ size: () => 1, idleMs: 60_000, open: () => started });
    const filled = pool.filled();
    const stop = new AbortController();
    const given = assert.rejects(pool.next(stop.signal), { code: 'cancelled' });
    stop.abort();
    await given;
    await assert.rejects(pool.next(stop.signal), { code: 'cancelled' });
    const next = pool.next(new AbortController().signal);
    const sandbox = new Nothing();
    start(sandbox);
    await filled;
    assert.equal(await next, sandbox);
    await pool.close();
  });

  it('once closed, keeps nothing that comes late', async () => {
    const late: Nothing[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const open = async (): Promise<Nothing> => {
      await promise;
      const sandbox = new Nothing();
      late.push(sandbox);
      return sandbox;
    };
    const pool = new WarmPool({ size: () => 1, idleMs: 60_000, open });
    const filled = pool.filled();
    const closed = pool.close();
    resolve(undefined);
    await Promise.all([filled, closed]);
    assert.deepEqual(
      late.map(({ destroyed }) => destroyed),
      [1],
    );
  });
});

describe('Places', () => {
  it('lets so many in, the others in order, and forgets who gave up', async () => {
    const places = new Places();
    const never = new AbortController().signal;
    const first = await places.take(1, never);
    const order: string[] = [];
    const stop = new AbortController();
    const given = assert.rejects(places.take(1, stop.signal), /Cancelled/);
    const second = places.take(1, never).then((back) => (order.push('second'), back));
    stop.abort();
    await given;
    first();
    first();
    (await second)();
    (await places.take(1, never))();
    assert.deepEqual(order, ['second']);
  });
});
