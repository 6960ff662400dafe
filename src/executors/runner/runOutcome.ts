import type { Limits } from '../../core/limits.ts';
import type { RunStatus } from '../../core/run.ts';
import type { ExitMessage } from './runnerMessages.ts';

/** Why a run ended, seen from the host; the first cause counts. */
export type Ending =
  | { readonly kind: 'exited'; readonly exit: ExitMessage }
  /** The host's own clock ran out. */
  | { readonly kind: 'timeout' }
  | { readonly kind: 'cancelled' }
  /** More output came than the runner lets through. */
  | { readonly kind: 'flooded' }
  /** The container went away without a word. */
  | { readonly kind: 'lost'; readonly cause: LostCause };

export type LostCause = 'oom' | 'memory-likely' | 'cpu' | 'engine' | 'forged' | 'killed';

export interface Outcome {
  readonly status: RunStatus;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly message?: string;
}

const seconds = (ms: number): string => `${ms / 1000} s`;
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 / 1024)} MB`;

/** What a run's ending means. Pure. */
export function outcomeOf(ending: Ending, limits: Limits): Outcome {
  switch (ending.kind) {
    case 'exited':
      return outcomeOfExit(ending.exit, limits);
    case 'timeout':
      return stopped('timeout', `Stopped after ${seconds(limits.wallMs)}, the time limit.`);
    case 'cancelled':
      return stopped('cancelled', 'Cancelled.');
    case 'flooded':
      return stopped('output-limit', tooMuchOutput(limits));
    case 'lost':
      return outcomeOfLoss(ending.cause, limits);
  }
}

function stopped(status: RunStatus, message: string): Outcome {
  return { status, exitCode: null, signal: 'SIGKILL', message };
}

function outcomeOfLoss(cause: LostCause, limits: Limits): Outcome {
  switch (cause) {
    case 'oom':
      return stopped('oom', outOfMemory(limits));
    case 'memory-likely':
      return stopped(
        'oom',
        `Most likely out of memory: the sandbox was killed, as it is where a program needs more than the ${mebibytes(limits.memoryBytes)} it may use. The engine did not say why.`,
      );
    case 'cpu':
      return stopped('timeout', outOfProcessorTime(limits));
    case 'forged':
      return stopped(
        'killed',
        'The program tried to speak for the sandbox, so it was killed. Nothing it said of itself can be believed.',
      );
    case 'engine':
      return stopped('killed', 'The container engine went away during the run. Start it and run again.');
    case 'killed':
      return stopped(
        'killed',
        'The sandbox ended without a word: it was killed from outside, ran out of memory, or the program broke it down.',
      );
  }
}

function tooMuchOutput(limits: Limits): string {
  return `Stopped: it wrote more than ${mebibytes(limits.outputTotalBytes)} of output.`;
}

function outOfProcessorTime(limits: Limits): string {
  return `Stopped after ${seconds(limits.cpuMs)} of processor time.`;
}

function outOfMemory(limits: Limits): string {
  return `Out of memory: the program needed more than the ${mebibytes(limits.memoryBytes)} it may use.`;
}

function outcomeOfExit(exit: ExitMessage, limits: Limits): Outcome {
  const { exitCode, signal } = exit;
  switch (exit.reason) {
    case 'timeout':
      return {
        status: 'timeout',
        exitCode,
        signal,
        message: `Stopped after ${seconds(limits.wallMs)}, the time limit.`,
      };
    case 'cpu':
      return {
        status: 'timeout',
        exitCode,
        signal,
        message: outOfProcessorTime(limits),
      };
    case 'output':
      return {
        status: 'output-limit',
        exitCode,
        signal,
        message: tooMuchOutput(limits),
      };
    case 'inputs':
      return {
        status: 'error',
        exitCode: null,
        signal: null,
        message: `The input files could not be put into the sandbox: ${exit.detail}. Nothing was run.${adviceOn(exit.detail)}`,
      };
    case 'language':
      return {
        status: 'error',
        exitCode: null,
        signal: null,
        message: `This sandbox can't run ${exit.detail}.`,
      };
    case 'start':
      return {
        status: 'error',
        exitCode: null,
        signal: null,
        message:
          'The Python of this conversation ended before it could take this up. Nothing was run: run it again.',
      };
    case null:
      break;
  }
  if (exit.oomKills > 0 && exitCode !== 0) {
    return { status: 'oom', exitCode, signal, message: outOfMemory(limits) };
  }
  if (signal === 'SIGXCPU') {
    return {
      status: 'timeout',
      exitCode,
      signal,
      message: outOfProcessorTime(limits),
    };
  }
  if (signal !== null) return { status: 'killed', exitCode, signal, message: `Ended by ${signal}.` };
  return { status: exitCode === 0 ? 'ok' : 'error', exitCode, signal };
}

/** A folder that one conversation shares may be full of what earlier runs left. */
function adviceOn(detail: string): string {
  if (!/no space left/i.test(detail)) return '';
  return ' The work folder is full: give fewer or smaller files, or, where runs share a session, remove files in it or restart it.';
}
