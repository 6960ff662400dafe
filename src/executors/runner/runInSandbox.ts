import type { Metrics, RunEvent, RunRequest, RunResult, RunStatus, SandboxInfo } from '../../core/run.ts';
import { inputBytesOf } from '../roomForInput.ts';
import { RunCollector } from './runCollector.ts';
import { sendJob } from './runInput.ts';
import { outcomeOf, type Ending } from './runOutcome.ts';
import type { ExitMessage } from './runnerMessages.ts';
import type { Sandbox } from './sandbox.ts';
import { whenClosed } from './whenClosed.ts';

/** The runner ends the program at its limit; past this the host kills the container. */
const graceMs = 400;

export interface RunContext {
  readonly info: SandboxInfo;
  /** Folder on the host for this run's files. */
  readonly folder: string;
  readonly session: boolean;
  /** Since when the run has had a place, and how long it waited for it; `performance.now()`. */
  readonly placedAt: number;
  readonly queueMs: number;
}

/** How long the job may be on its way to the runner, and how long files may be on their way back. */
const startPatienceMs = 120_000;
const slowestBytesPerMs = 100;
const artifactPatienceMs = 120_000;

/** Thrown when the container was gone before the program started: another one can be tried. */
export class NeverStarted extends Error {
  override readonly name = 'NeverStarted';
}

/**
 * Drives one run in a container that is ready. The container is destroyed here only where that ends
 * the run (cancel, timeout); otherwise by whoever owns it.
 */
export async function runInSandbox(
  sandbox: Sandbox,
  request: RunRequest,
  context: RunContext,
  emit: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunResult> {
  const { promise: over, resolve: end } = Promise.withResolvers<Ending>();
  let exit: ExitMessage | undefined;
  let startedAt: number | undefined;
  /** Whether all that the program wrote was taken. The disk may be slower than the sandbox's end. */
  let whole = false;
  let clock: NodeJS.Timeout | undefined;
  const stop = (ending: Ending): void => {
    end(ending);
    void sandbox.destroy();
  };
  const collector = new RunCollector(context.folder, request.limits, emit, {
    started: () => {
      startedAt = performance.now();
      clearTimeout(clock);
      emit({ kind: 'started', sandbox: context.info, at: Date.now() });
      clock = setTimeout(() => stop({ kind: 'timeout' }), request.limits.wallMs + graceMs);
    },
    exited: (message) => {
      exit = message;
      clearTimeout(clock);
      // The container's end then ends the run, with what is known of it.
      clock = setTimeout(() => void sandbox.destroy(), artifactPatienceMs);
    },
    ended: () => {
      whole = true;
      if (exit !== undefined) end({ kind: 'exited', exit });
    },
    flooded: () => stop({ kind: 'flooded' }),
    broken: () => stop({ kind: 'lost', cause: 'killed' }),
    busy: (busy) => (busy ? sandbox.pause() : sandbox.resume()),
  });
  const listening = sandbox.onFrame((frame) => collector.frame(frame));
  const abort = (): void => stop({ kind: 'cancelled' });
  signal.addEventListener('abort', abort, { once: true });
  const watching = whenClosed(sandbox, () => void endingOfClosed(sandbox, exit).then(end));
  try {
    if (signal.aborted) abort();
    const patienceMs = startPatienceMs + inputBytesOf(request.files) / slowestBytesPerMs;
    clock = setTimeout(() => stop({ kind: 'lost', cause: 'engine' }), Math.min(patienceMs, 2 ** 31 - 1));
    // Whatever ends the run ends it at once, also while an engine that hangs takes no more of its input.
    const sent = sendUntil(over, async (unless) => sendJob(sandbox, request, context.session, unless));
    const ending = await Promise.race([over, sent.then(() => over)]).catch((error: unknown) => {
      // Nothing has begun: the next job takes the place of this one, and a session keeps what it has.
      if (!context.session) void sandbox.destroy();
      throw error;
    });
    if (ending.kind === 'lost' && startedAt === undefined) throw new NeverStarted();
    const outcome = outcomeOf(ending, request.limits);
    const { stdout, stderr, value, artifacts, fullOutput, notices } = await collector.finish();
    return {
      runId: request.runId,
      ...outcome,
      stdout: stdout.text,
      stderr: stderr.text,
      truncated: { stdout: stdout.truncated, stderr: stderr.truncated },
      outputBytes: { stdout: stdout.bytes, stderr: stderr.bytes },
      ...(value === undefined ? {} : { value }),
      artifacts,
      ...(fullOutput.length === 0 ? {} : { fullOutput }),
      notices: [
        ...noticesOf(exit, outcome.status),
        ...(ending.kind === 'exited' && !whole ? [cutOff] : []),
        ...notices,
      ],
      metrics: metricsOf(exit, startedAt, context),
      sandbox: context.info,
    };
  } finally {
    clearTimeout(clock);
    listening.dispose();
    watching.dispose();
    signal.removeEventListener('abort', abort);
    await collector.finish();
  }
}

async function sendUntil(over: Promise<Ending>, send: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const ended = new AbortController();
  void over.then(() => ended.abort());
  return send(ended.signal);
}

const cutOff =
  'The sandbox ended before all that the program wrote was taken, so files of it may be missing.';

function noticesOf(exit: ExitMessage | undefined, status: RunStatus): string[] {
  if (exit === undefined || exit.oomKills === 0 || status === 'oom') return [];
  return ['A process that the program had started was killed: the sandbox was out of memory.'];
}

async function endingOfClosed(sandbox: Sandbox, exit: ExitMessage | undefined): Promise<Ending> {
  // The artifacts may be cut off, but how the program ended is known.
  if (exit !== undefined) return { kind: 'exited', exit };
  return { kind: 'lost', cause: await sandbox.whyLost() };
}

function metricsOf(
  exit: ExitMessage | undefined,
  startedAt: number | undefined,
  context: RunContext,
): Metrics {
  const now = performance.now();
  return {
    wallMs: exit?.wallMs ?? (startedAt === undefined ? 0 : now - startedAt),
    cpuMs: exit?.cpuMs ?? 0,
    peakMemoryBytes: exit?.peakMemoryBytes ?? 0,
    queueMs: context.queueMs,
    startMs: (startedAt ?? now) - context.placedAt,
  };
}
