import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits, type Limits } from '../../src/core/limits.ts';
import type { Language } from '../../src/core/language.ts';
import type { InputFile } from '../../src/core/proposal.ts';
import type { RunEvent, RunResult } from '../../src/core/run.ts';
import { FrameSeal } from '../../src/executors/docker/frameSeal.ts';
import { startEnclosed } from '../../src/executors/process/enclosure.ts';
import { findPython } from '../../src/executors/process/python.ts';
import { systemCallFilter } from '../../src/executors/systemCallFilter.ts';
import { userOfRun } from '../../src/executors/process/user.ts';
import { ChildSandbox } from '../../src/executors/runner/childSandbox.ts';
import { encodeFrame, FrameReader, toRunner, type Frame } from '../../src/executors/runner/frames.ts';
import { runInSandbox } from '../../src/executors/runner/runInSandbox.ts';
import { Session } from '../../src/executors/session/session.ts';

const root = path.resolve(import.meta.dirname, '../..');
const info = { backend: 'process', runtime: 'bubblewrap', image: '', digest: '' } as const;
const never = new AbortController().signal;

export interface CellOptions {
  readonly language?: Language;
  readonly stdin?: string;
  readonly files?: readonly InputFile[];
  readonly limits?: Partial<Limits>;
  readonly onEvent?: (event: RunEvent) => void;
}

/** A session on the runner in bubblewrap, with all that a host may ask of it. */
export interface EnclosedSession {
  readonly session: Session;
  readonly cell: (code: string, options?: CellOptions) => Promise<RunResult>;
  readonly close: () => Promise<void>;
}

/** Opens one; `sealed` as for a kernel that does not hide the channel from programs. */
export async function enclosedSession(sealed = false): Promise<EnclosedSession> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-session-'));
  const filter = systemCallFilter();
  if (filter === undefined) throw new Error('No filter of system calls for this machine.');
  const plan = { sandbox: path.join(root, 'sandbox'), python: await findPython(''), user: userOfRun() };
  const child = startEnclosed({ ...plan, limits: defaultLimits, runsNode: false }, filter);
  if (child.stdin === null || child.stdout === null) throw new Error('no pipes');
  const frames = new FrameReader();
  const seal = new FrameSeal();
  let opens = false;
  function* read(chunk: Buffer): Generator<Frame> {
    for (const frame of frames.push(chunk)) yield opens ? seal.open(frame) : frame;
  }
  const sandbox = new ChildSandbox({
    name: 'The runner',
    child,
    to: child.stdin,
    from: child.stdout,
    read,
    ownMemoryBytes: 0,
  });
  await sandbox.ready(never);
  if (sealed) {
    opens = true;
    await sandbox.send(encodeFrame(toRunner.keepalive, seal.key));
  }
  const session = new Session({
    sandbox,
    madeFor: '',
    idleMs: 600_000,
    run: async (request, emit, signal, times) => {
      const context = { info, folder: path.join(folder, request.runId), session: true, ...times };
      return runInSandbox(sandbox, request, context, emit, signal);
    },
    ended: () => undefined,
  });
  return {
    session,
    cell: async (code, { language = 'python', stdin, files = [], limits, onEvent } = {}) => {
      const what = { runId: randomUUID(), language, code, title: 'cell', files };
      const request = {
        ...what,
        ...(stdin === undefined ? {} : { stdin }),
        limits: { ...defaultLimits, ...limits },
      };
      return session.run(request, onEvent ?? (() => undefined), never);
    },
    close: async () => {
      await session.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
