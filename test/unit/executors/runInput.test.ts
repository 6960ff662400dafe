import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import { FrameReader, toRunner } from '../../../src/executors/runner/frames.ts';
import { sendJob } from '../../../src/executors/runner/runInput.ts';
import { runInSandbox } from '../../../src/executors/runner/runInSandbox.ts';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';
import { someSandbox } from '../../support/records.ts';
import { inputFile } from '../../contract/subject.ts';

/** One behind an engine that takes nothing any more, answers nothing and closes nothing. */
function hanging(): Sandbox {
  return {
    closed: new Promise(() => undefined),
    gone: false,
    onFrame: () => ({ dispose: () => undefined }),
    send: () => new Promise(() => undefined),
    pause: () => undefined,
    resume: () => undefined,
    whyLost: async () => 'engine',
    destroy: async () => undefined,
  };
}

describe('the input of a run', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-input-'))));
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  const run = (sandbox: Sandbox, signal: AbortSignal, open: () => AsyncIterable<Uint8Array>) =>
    runInSandbox(
      sandbox,
      {
        runId: 'r',
        language: 'python',
        code: '1',
        title: 'a.py',
        limits: defaultLimits,
        files: [{ ...inputFile('a.csv', ''), open }],
      },
      { info: someSandbox, folder, session: false, placedAt: 0, queueMs: 0 },
      () => undefined,
      signal,
    );

  it('that an engine takes no more of does not keep Stop from ending the run', async () => {
    const stop = new AbortController();
    const under = run(hanging(), stop.signal, async function* () {
      yield new Uint8Array(300_000);
    });
    stop.abort();
    assert.equal((await under).status, 'cancelled');
  });

  it('is read no further once the run is over', async () => {
    const stop = new AbortController();
    let [pieces, closed] = [0, false];
    const under = run({ ...hanging(), send: async () => undefined }, stop.signal, async function* () {
      try {
        for (;;) {
          if (++pieces === 3) stop.abort();
          yield new Uint8Array(1000);
          await new Promise(setImmediate);
        }
      } finally {
        closed = true;
      }
    });
    assert.equal((await under).status, 'cancelled');
    while (!closed) await new Promise(setImmediate);
    assert.ok(pieces < 6, String(pieces));
  });

  it('that the channel takes late is not given to the next run of a session', async () => {
    const over = new AbortController();
    const { promise: room, resolve: drained } = Promise.withResolvers<void>();
    const sent: string[] = [];
    const slow: Sandbox = {
      ...hanging(),
      send: async (frame) => {
        const [first] = new FrameReader().push(Buffer.from(frame));
        sent.push(first?.type ?? '');
        if (first?.type === toRunner.stdin) await room;
      },
    };
    const request = { runId: 'r', language: 'python', code: '1', title: 'a.py', files: [] } as const;
    const sending = sendJob(
      slow,
      { ...request, limits: defaultLimits, stdin: 'x'.repeat(300_000) },
      true,
      over.signal,
    );
    while (!sent.includes(toRunner.stdin)) await new Promise(setImmediate);
    over.abort();
    drained();
    await sending;
    assert.deepEqual(sent, [toRunner.run, toRunner.stdin]);
  });
});
