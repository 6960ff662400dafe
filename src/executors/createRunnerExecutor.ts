import path from 'node:path';
import type { Language } from '../core/language.ts';
import type { Executor, SandboxStatus } from '../core/ports.ts';
import {
  emptyResult,
  type RunEvent,
  type RunRequest,
  type RunResult,
  type SandboxInfo,
} from '../core/run.ts';
import { Places } from './pool/places.ts';
import type { ChildSandbox } from './runner/childSandbox.ts';
import { NeverStarted, runInSandbox } from './runner/runInSandbox.ts';
import { Session, type RunTimes } from './session/session.ts';
import { lostState, Sessions } from './session/sessions.ts';

export interface RunnerExecutorParts {
  readonly describe: () => Promise<SandboxStatus>;
  /** Why this sandbox can't run the language, with what to do; undefined: it can. */
  readonly refuse: (language: Language) => Promise<string | undefined>;
  /** Whether a session keeps the state of such a run; it is fresh where not. */
  readonly keeps: (request: RunRequest) => boolean;
  /** Gives a sandbox that has never run anything. */
  readonly take: (request: RunRequest, signal: AbortSignal) => Promise<ChildSandbox>;
  /** The run, or the session, is over. */
  readonly discard: (sandbox: ChildSandbox) => void;
  /** Says more about a run where there is more to say. */
  readonly explain: (result: RunResult) => Promise<RunResult>;
  readonly prepare?: (progress: (message: string) => void, signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Artifacts of a run are put in a folder of its id below this one. */
  readonly runsFolder: string;
  readonly atOnce: number;
  /** A run under way can be interrupted without losing the session's state. */
  readonly interrupts: boolean;
  readonly sessionIdleMs: number;
}

type Emit = (event: RunEvent) => void;

/** A run that has its place, with whoever listens and may end it. */
interface PlacedRun {
  readonly request: RunRequest;
  readonly info: SandboxInfo;
  readonly times: RunTimes;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** An executor whose sandboxes are processes of this machine: one for each run, or one for each conversation. */
export function createRunnerExecutor(parts: RunnerExecutorParts): Executor {
  const places = new Places();
  const sessions = new Sessions();
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();

  async function execute(request: RunRequest, emit: Emit, signal: AbortSignal): Promise<RunResult> {
    const either = AbortSignal.any([signal, closing.signal]);
    const status = await parts.describe();
    const { sandbox: info } = status;
    const result = status.available
      ? await placed(request, info, emit, either).catch((error: unknown) => {
          if (either.aborted) return emptyResult(request.runId, 'cancelled', info, 'Cancelled.');
          return emptyResult(request.runId, 'unavailable', info, messageOf(error));
        })
      : emptyResult(request.runId, 'unavailable', info, status.reason);
    // Advice that can't be had must not take the place of what the run came to.
    const explained = await parts.explain(result).catch(() => result);
    emit({ kind: 'finished', result: explained });
    return explained;
  }

  async function placed(
    request: RunRequest,
    info: SandboxInfo,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const refusal = await parts.refuse(request.language);
    if (refusal !== undefined) return emptyResult(request.runId, 'unavailable', info, refusal);
    const asked = performance.now();
    const giveBack = await places.take(parts.atOnce, signal);
    const placedAt = performance.now();
    const times = { placedAt, queueMs: placedAt - asked };
    const run = { request, info, times, emit, signal };
    try {
      return request.sessionId === undefined || !parts.keeps(request)
        ? await runFresh(run)
        : await runInSession(request.sessionId, run);
    } finally {
      giveBack();
    }
  }

  async function runFresh({ request, info, times, emit, signal }: PlacedRun): Promise<RunResult> {
    const sandbox = await parts.take(request, signal);
    try {
      sandbox.begin(request.limits);
      const context = { info, folder: folderOf(request), session: false, ...times };
      return await runInSandbox(sandbox, request, context, emit, signal);
    } finally {
      parts.discard(sandbox);
    }
  }

  async function runInSession(id: string, run: PlacedRun): Promise<RunResult> {
    const result = await inSession(id, run).catch(async (error: unknown) => {
      // Its sandbox ended by itself after the run before; once more is no accident.
      if (!(error instanceof NeverStarted) || run.signal.aborted) throw error;
      return inSession(id, run);
    });
    return sessions.takeLoss(id) ? { ...result, notices: [lostState, ...result.notices] } : result;
  }

  async function inSession(id: string, run: PlacedRun): Promise<RunResult> {
    const session = await sessions.get(id, sessionWish(run), async () => open(run));
    try {
      return await session.run(run.request, run.emit, run.signal, run.times);
    } catch (error) {
      if (error instanceof NeverStarted) await session.close();
      throw error;
    }
  }

  async function open(run: PlacedRun): Promise<Session> {
    const { request: first, info, signal } = run;
    const sandbox = await parts.take(first, signal);
    return new Session({
      sandbox,
      madeFor: sessionWish(run),
      idleMs: parts.sessionIdleMs,
      run: async (request, emit, stop, times) => {
        sandbox.begin(request.limits);
        const context = { info, folder: folderOf(request), session: true, ...times };
        return runInSandbox(sandbox, request, context, emit, stop);
      },
      ended: () => parts.discard(sandbox),
    });
  }

  function folderOf(request: RunRequest): string {
    return path.join(parts.runsFolder, request.runId);
  }

  return {
    describe: parts.describe,
    // One that is not there at all says so by itself.
    refuses: async (language) => ((await parts.describe()).available ? parts.refuse(language) : undefined),
    execute(request, emit, signal) {
      const run = execute(request, emit, signal).finally(() => running.delete(run));
      running.add(run);
      return run;
    },
    ...(parts.prepare === undefined ? {} : { prepare: parts.prepare }),
    ...(parts.interrupts ? { interruptSession: async (id: string) => sessions.interrupt(id) } : {}),
    closeSession: async (id) => sessions.close(id),
    async close() {
      closing.abort();
      await Promise.allSettled(running);
      await sessions.closeAll();
      await parts.close();
    },
  };
}

/** What a session is made for: these can't be changed while it lives. */
function sessionWish({ info, request }: PlacedRun): string {
  const { runtime, image, digest } = info;
  const { memoryBytes, workBytes, pids, cpus, openFiles } = request.limits;
  return JSON.stringify([runtime, image, digest, memoryBytes, workBytes, pids, cpus, openFiles]);
}

function messageOf(error: unknown): string {
  if (error instanceof NeverStarted) return 'The sandbox ended before the program started. Run it again.';
  return error instanceof Error ? error.message.trim() : String(error);
}
