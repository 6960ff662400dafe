import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChildSandbox } from '../../../src/executors/runner/childSandbox.ts';

describe('a sandbox whose process has ended', () => {
  it('kills nobody who has got its number since', async function () {
    if (process.platform !== 'linux') this.skip();
    // A stranger with a child, under the number that the process of the sandbox had.
    const stranger = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(stranger.stdout, 'data')) as [Buffer];
    const grandchild = Number(line.toString());
    const ended = spawn('true');
    try {
      await once(ended, 'close');
      const child = Object.create(ended, { pid: { value: stranger.pid } }) as ChildProcess;
      const sandbox = new ChildSandbox({
        name: 'ended',
        child,
        to: new PassThrough(),
        from: new PassThrough(),
        read: () => [],
        ownMemoryBytes: 0,
      });
      const destroyed = sandbox.destroy();
      child.emit('close');
      await destroyed;
      // It ends as soon as its child does.
      const gone = once(stranger, 'exit').then(() => 'gone');
      assert.equal(await Promise.race([gone, sleep(300, 'there')]), 'there');
    } finally {
      process.kill(grandchild, 'SIGKILL');
      stranger.kill('SIGKILL');
    }
  });
});
