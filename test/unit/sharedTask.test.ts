import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { SharedTask } from '../../src/core/sharedTask.ts';

const ignore = (): void => undefined;

describe('work that several wait for', () => {
  it('is done once, and everybody hears how it goes and what came of it', async () => {
    const { promise, resolve } = Promise.withResolvers<number>();
    let say: (message: string) => void = ignore;
    const task = new SharedTask<number>((progress) => ((say = progress), promise));
    const heard: string[] = [];
    const first = task.join((message) => heard.push(`a ${message}`), new AbortController().signal);
    say('one');
    const second = task.join((message) => heard.push(`b ${message}`), new AbortController().signal);
    resolve(7);
    assert.deepEqual(await Promise.all([first, second]), [7, 7]);
    assert.deepEqual(heard, ['a one', 'b one']);
    assert.equal(task.settled, true);
  });

  it('goes on when one of two leaves, and is given up when the last leaves', async () => {
    const stopped: unknown[] = [];
    const task = new SharedTask<number>(
      async (_progress, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            stopped.push('stopped');
            reject(new Error('given up'));
          });
        }),
    );
    const [one, two] = [new AbortController(), new AbortController()];
    const first = task.join(ignore, one.signal);
    const second = task.join(ignore, two.signal);
    one.abort(new Error('left'));
    await assert.rejects(first, /left/);
    await turn();
    assert.deepEqual(stopped, []);
    two.abort(new Error('left too'));
    await assert.rejects(second, /given up/);
    assert.deepEqual(stopped, ['stopped']);
    assert.equal(task.abandoned, true);
  });
});
