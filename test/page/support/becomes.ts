import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

/** Waits until this is read, because the page follows the host a moment later; fails with what it was last. */
export async function becomes<T>(read: () => T | Promise<T>, wanted: T, message?: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const now = await read();
    if (isDeepStrictEqual(now, wanted)) return;
    if (performance.now() > deadline) return assert.deepEqual(now, wanted, message);
    await sleep(20);
  }
}
