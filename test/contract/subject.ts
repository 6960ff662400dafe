import { readFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { defaultLimits, type Limits } from '../../src/core/limits.ts';
import type { SandboxKind } from '../../src/core/guarantees.ts';
import type { Executor } from '../../src/core/ports.ts';
import type { InputFile } from '../../src/core/proposal.ts';
import type { RunEvent, RunRequest, RunResult } from '../../src/core/run.ts';

/** What a sandbox promises beyond running Python; the suite asks for what is promised. */
export interface Guarantees {
  /** Its column in the product's own table, which must say of everything that is off that it is not given. */
  readonly kind: SandboxKind;
  /** Programs can start processes and threads, and have exit codes and signals. */
  readonly processes: boolean;
  /** Whose end for want of memory is told as such: a single process's, the whole sandbox's, nobody's. */
  readonly memoryStatus: 'process' | 'sandbox' | false;
  /** Number of files in the work folder and of descriptors is limited. */
  readonly counts: boolean;
  /** The kernel hides the runner from the program; where it does not, frames are sealed instead. */
  readonly hiddenRunner?: boolean;
  /** An own allow-list of system calls is in force. */
  readonly systemCalls: boolean;
  /** Nothing but the work and temporary folders can be written. */
  readonly readOnlyRoot: boolean;
  /** matplotlib is there without being fetched or installed. */
  readonly figures: boolean;
  /** How many runs the soak makes one after the other (at most 200), and in all with 16 at once. */
  readonly soakRuns?: number;
  readonly soakAtOnce?: number;
  /** Seconds that one run may take on a slow machine, for the tests' own time limits. */
  readonly patienceSeconds: number;
}

/** An executor under test, with what it must not leave behind. */
export interface Subject {
  readonly executor: Executor;
  /** What of it is still there, after `executor.close()`. */
  readonly leftovers: () => Promise<readonly string[]>;
  /** Removes temporary folders. */
  readonly dispose: () => Promise<void>;
}

export type MakeSubject = () => Promise<Subject>;

export interface RunOptions {
  readonly limits?: Partial<Limits>;
  readonly files?: readonly InputFile[];
  readonly stdin?: string;
  readonly cell?: boolean;
  readonly title?: string;
  readonly language?: RunRequest['language'];
  readonly sessionId?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs code in the executor; Python unless said otherwise. */
export async function runCode(
  executor: Executor,
  code: string,
  options: RunOptions = {},
): Promise<RunResult> {
  const request: RunRequest = {
    runId: randomUUID(),
    language: options.language ?? 'python',
    code,
    title: options.title ?? 'program.py',
    files: options.files ?? [],
    limits: { ...defaultLimits, ...options.limits },
    ...(options.stdin === undefined ? {} : { stdin: options.stdin }),
    ...(options.cell === undefined ? {} : { cell: options.cell }),
    ...(options.sessionId === undefined ? {} : { sessionId: options.sessionId }),
  };
  const signal = options.signal ?? new AbortController().signal;
  return executor.execute(request, options.onEvent ?? (() => undefined), signal);
}

/** An input file with these bytes. */
export function inputFile(name: string, content: string | Uint8Array): InputFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    bytes: bytes.length,
    open: async function* () {
      yield bytes;
    },
  };
}

/** The text of an artifact's copy on the host, or undefined when there is no such artifact. */
export async function artifactText(result: RunResult, name: string): Promise<string | undefined> {
  const artifact = result.artifacts.find((candidate) => candidate.name === name);
  return artifact === undefined ? undefined : readFile(artifact.path, 'utf8');
}

/** What a test shows when a run did not go as it should. */
export function told(result: RunResult): string {
  const { status, exitCode, signal, message, stdout, stderr, notices } = result;
  return JSON.stringify({ status, exitCode, signal, message, stdout, stderr, notices }, null, 2).slice(
    0,
    4000,
  );
}
