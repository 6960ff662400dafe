import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { ChildSandbox } from '../../../src/executors/runner/childSandbox.ts';
import { FrameReader } from '../../../src/executors/runner/frames.ts';

describe('a sandbox that is a process of ours', () => {
  let sandbox: ChildSandbox;
  afterEach(async () => sandbox.destroy());

  /** A Node.js that runs this in place of a runner. */
  function start(code: string, startMs?: number): void {
    const child = spawn(process.execPath, ['-e', code]);
    const frames = new FrameReader();
    sandbox = new ChildSandbox({
      name: 'The sandbox',
      child,
      to: child.stdin,
      from: child.stdout,
      read: (chunk) => frames.push(chunk),
      ownMemoryBytes: 0,
      ...(startMs === undefined ? {} : { startMs }),
    });
  }
  const waits = 'setInterval(() => undefined, 1000);';
  const never = new AbortController().signal;

  it('is given up where it never says that it is ready', async () => {
    start(waits, 50);
    const message = 'The sandbox could not be started in time.';
    await assert.rejects(sandbox.ready(never), { code: 'no-sandbox', message });
    assert.ok(sandbox.gone);
  });
});
