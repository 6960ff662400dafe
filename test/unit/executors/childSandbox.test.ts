import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { ChildSandbox } from '../../../src/executors/runner/childSandbox.ts';
import { protocolVersion } from '../../../src/executors/runner/frames.ts';
import { fromRunner } from '../../../src/executors/runner/runnerMessages.ts';

const greeting = { protocol: protocolVersion, pid: 1, python: '3.14.0', missing: [] };
const never = new AbortController().signal;

describe('a sandbox that is a process of ours', () => {
  let sandbox: ChildSandbox;
  afterEach(async () => sandbox.destroy());

  /** A process whose runner says this, or nothing, when it should be ready, and waits. */
  function start(hello = '', startMs?: number): void {
    const code = `process.stdout.write(${JSON.stringify(hello)}); setInterval(() => undefined, 1000)`;
    const child = spawn(process.execPath, ['-e', code]);
    sandbox = new ChildSandbox({
      name: 'The sandbox',
      child,
      to: child.stdin,
      from: child.stdout,
      read: (payload) => [{ type: fromRunner.hello, payload }],
      ownMemoryBytes: 0,
      ...(startMs === undefined ? {} : { startMs }),
    });
  }

  it('is ready when it has said so', async () => {
    start(JSON.stringify(greeting));
    await sandbox.ready(never);
    assert.ok(!sandbox.gone);
  });

  it('is given up where it never says that it is ready', async () => {
    start('', 50);
    const message = 'The sandbox could not be started in time.';
    await assert.rejects(sandbox.ready(never), { code: 'no-sandbox', message });
    assert.ok(sandbox.gone);
  });

  for (const [what, hello] of [
    ['another protocol', JSON.stringify({ ...greeting, protocol: protocolVersion + 1 })],
    ['none that we know', '{'],
  ] as const) {
    it(`is given up with what to do where it speaks ${what}`, async () => {
      start(hello);
      await assert.rejects(sandbox.ready(never), {
        code: 'internal',
        message: /protocol.*Reinstall Glovebox/,
      });
      assert.ok(sandbox.gone);
    });
  }
});
