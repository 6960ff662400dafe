import assert from 'node:assert/strict';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';
import { whenClosed } from '../../../src/executors/runner/whenClosed.ts';

describe('what waits for the end of a sandbox', () => {
  it('is done once it comes, unless it was given up before', async () => {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    const sandbox = { closed } as Sandbox;
    const done: string[] = [];
    whenClosed(sandbox, () => done.push('kept'));
    whenClosed(sandbox, () => done.push('given up')).dispose();
    close();
    await closed;
    await new Promise(setImmediate);
    assert.deepEqual(done, ['kept']);
  });
});
