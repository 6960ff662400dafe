import type { SandboxKind } from './guarantees.ts';
import type { Language } from './language.ts';
import type { InputFile } from './proposal.ts';
import type { Limits } from './limits.ts';

/** How a run ended. `blocked` and `unavailable` mean that nothing was started. */
export const runStatuses = [
  'ok',
  'error',
  'timeout',
  'oom',
  'output-limit',
  'cancelled',
  'killed',
  'blocked',
  'unavailable',
] as const;
export type RunStatus = (typeof runStatuses)[number];

export type OutputStream = 'stdout' | 'stderr';

/** What an executor is asked to do; everything a person had to decide has been decided. */
export interface RunRequest {
  readonly runId: string;
  readonly language: Language;
  readonly code: string;
  /** File name shown in tracebacks. */
  readonly title: string;
  readonly files: readonly InputFile[];
  readonly stdin?: string;
  readonly cell?: boolean;
  readonly limits: Limits;
  /** Runs with the same session id share one sandbox that keeps its state; absent: a fresh sandbox. */
  readonly sessionId?: string;
  /** The kind of sandbox that was decided on; no other may run it. */
  readonly kind?: SandboxKind;
}

export interface Metrics {
  /** From the start of the program to its end. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMemoryBytes: number;
  /** Waiting for a free sandbox. */
  readonly queueMs: number;
  /** From having a place to the program's start. */
  readonly startMs: number;
}

export type Backend = 'docker' | 'wasm' | 'process';

/** Where a run of a session can be interrupted and the session goes on; elsewhere its end is the session's. */
export const interruptible: ReadonlySet<Backend> = new Set(['docker', 'process']);

/** Which sandbox ran the code. */
export interface SandboxInfo {
  readonly backend: Backend;
  /** `runc`, `runsc`, `pyodide 0.29`, `bubblewrap` … */
  readonly runtime: string;
  readonly image: string;
  readonly digest: string;
  /** Who runs the containers, and on which kernel. */
  readonly engine?: string;
  /** How the sandbox was found or why it was chosen, for people. */
  readonly reason?: string;
}

/** A file that the program left in its outputs folder, copied out to `path` on the host. */
export interface Artifact {
  /** Normalised POSIX path relative to the outputs folder; hostile, so escape it where it is shown. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  /** Absolute path of the copy on the host. */
  readonly path: string;
}

/** A stream that is whole in a file on the host. */
export interface OutputFile {
  readonly stream: OutputStream;
  /** Absolute path on the host; nothing for a model or for another machine. */
  readonly path: string;
}

export interface RunResult {
  readonly runId: string;
  readonly status: RunStatus;
  readonly exitCode: number | null;
  /** Signal name such as `SIGKILL`, when a signal ended the program. */
  readonly signal: string | null;
  /** The person interrupted it, and it ended by that. */
  readonly interrupted?: boolean;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: { readonly stdout: boolean; readonly stderr: boolean };
  /** All bytes that the program wrote, kept or not. */
  readonly outputBytes: { readonly stdout: number; readonly stderr: number };
  /** `repr` of the last expression of a cell-like run. */
  readonly value?: string;
  readonly artifacts: readonly Artifact[];
  /** Of the streams that are truncated here, those that are whole in a file. */
  readonly fullOutput?: readonly OutputFile[];
  /** Why an artifact was left out, and other things worth knowing. */
  readonly notices: readonly string[];
  readonly metrics: Metrics;
  readonly sandbox: SandboxInfo;
  /** A package that the program did not find and that can be fetched for its sandbox. */
  readonly missingPackage?: string;
  /** For people: what happened and what to do, when the status is not `ok` or `error`. */
  readonly message?: string;
}

/** What happens during a run, in order; the last one is always `finished`. */
export type RunEvent =
  | { readonly kind: 'progress'; readonly message: string }
  | { readonly kind: 'started'; readonly sandbox: SandboxInfo; readonly at: number }
  | { readonly kind: 'output'; readonly stream: OutputStream; readonly text: string }
  | { readonly kind: 'artifact'; readonly artifact: Artifact }
  | { readonly kind: 'finished'; readonly result: RunResult };

/** Metrics of a run that never started. */
export const noMetrics: Metrics = { wallMs: 0, cpuMs: 0, peakMemoryBytes: 0, queueMs: 0, startMs: 0 };

/** A result for a run that did not start, or of which nothing is known but how it ended. */
export function emptyResult(
  runId: string,
  status: RunStatus,
  sandbox: SandboxInfo,
  message: string,
): RunResult {
  return {
    runId,
    status,
    exitCode: null,
    signal: null,
    stdout: '',
    stderr: '',
    truncated: { stdout: false, stderr: false },
    outputBytes: { stdout: 0, stderr: 0 },
    artifacts: [],
    notices: [],
    metrics: noMetrics,
    sandbox,
    message,
  };
}
