import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** Waits until this is read, because the page follows the host a moment later; fails with what it was last. */
export async function becomes<T>(read: () => T | Promise<T>, wanted: T, message?: string): Promise<void> {
  const last = await readUntil(read, (now) => isDeepStrictEqual(now, wanted));
  assert.deepEqual(last, wanted, message);
}

/** The same for a text of which only a part is known. */
export async function matches(read: () => Promise<string>, wanted: RegExp): Promise<void> {
  assert.match(await readUntil(read, (now) => wanted.test(now)), wanted);
}

async function readUntil<T>(read: () => T | Promise<T>, good: (now: T) => boolean): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const now = await read();
    if (good(now) || performance.now() > deadline) return now;
    await sleep(20);
  }
}
