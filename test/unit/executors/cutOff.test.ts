import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Frame } from '../../../src/executors/runner/frames.ts';
import { runInSandbox } from '../../../src/executors/runner/runInSandbox.ts';
import { fromRunner } from '../../../src/executors/runner/runnerMessages.ts';
import type { Sandbox } from '../../../src/executors/runner/sandbox.ts';
import { someSandbox } from '../../support/records.ts';

const numbers = { wallMs: 1, cpuMs: 1, peakMemoryBytes: 1, oomKills: 0 };
const exit = { ...numbers, exitCode: 0, signal: null, reason: null, detail: '' };

describe('a run whose sandbox ends', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-cut-'))));
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  /** The result of a program that ends well, whose runner says this behind it and is gone then. */
  async function behind(...frames: readonly (readonly [type: string, value?: unknown])[]) {
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    let hear: (frame: Frame) => void = () => undefined;
    const says = (type: string, value: unknown = ''): void =>
      hear({ type, payload: Buffer.from(value === '' ? '' : JSON.stringify(value)) });
    const sandbox: Sandbox = {
      closed,
      gone: false,
      onFrame: (listener) => {
        hear = listener;
        return { dispose: () => undefined };
      },
      send: async () => undefined,
      pause: () => undefined,
      resume: () => undefined,
      destroy: async () => undefined,
      whyLost: async () => 'killed',
    };
    const what = { runId: 'r', language: 'python', code: '1', title: 'a.py', files: [] } as const;
    const running = runInSandbox(
      sandbox,
      { ...what, limits: defaultLimits },
      { info: someSandbox, folder, session: false, placedAt: 0, queueMs: 0 },
      () => undefined,
      new AbortController().signal,
    );
    says(fromRunner.started);
    says(fromRunner.exit, exit);
    for (const frame of frames) says(...frame);
    close();
    return running;
  }

  it('before it has given all files says that some may be missing', async () => {
    const { status, notices } = await behind();
    assert.equal(status, 'ok');
    assert.match(notices.join(), /files of it may be missing/);
  });

  it('behind them says nothing', async () => {
    assert.deepEqual((await behind([fromRunner.end])).notices, []);
  });

  it('behind files that are not on the disk yet says nothing, and gives them', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt'];
    const files = names.map((name) => [fromRunner.artifact, { name, bytes: 0 }] as const);
    const { artifacts, notices } = await behind(...files, [fromRunner.end]);
    assert.deepEqual(notices, []);
    assert.deepEqual(
      artifacts.map(({ name }) => name),
      names,
    );
  });
});
