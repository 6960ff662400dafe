import os from 'node:os';
import type { ExecuteResponse } from 'deepagents';
import type { RunResult } from '../core/run.ts';

/** More would not fit into one argument of a program. */
const inlineBytes = 100_000;

/** Where a command that is too long for that is put first. */
export const longCommandFile = '/tmp/glovebox-command.sh';

export function isLong(command: string): boolean {
  return Buffer.byteLength(command) > inlineBytes;
}

/**
 * The command as a program for the sandbox's shell: both streams as one, in order, and a time limit
 * inside, so that a command that is too slow ends without the sandbox and its files.
 */
export function shellProgram(command: string, timeoutSeconds: number): string {
  const what = isLong(command) ? longCommandFile : `-c ${quote(command)}`;
  return `exec 2>&1\nexec timeout --kill-after=2 ${timeoutSeconds} /bin/bash ${what}\n`;
}

/** The result in the words of the protocol. */
export function executeResponse(result: RunResult, timeoutSeconds: number): ExecuteResponse {
  const truncated = result.truncated.stdout || result.truncated.stderr;
  const output = result.stdout + result.stderr;
  if (result.exitCode === 124 && result.metrics.wallMs >= timeoutSeconds * 1000) {
    return {
      output: `${output}${output === '' ? '' : '\n'}The command was ended after ${timeoutSeconds} s.`,
      exitCode: 124,
      truncated,
    };
  }
  const exitCode = result.exitCode ?? exitCodeOf(result.signal);
  if (result.message === undefined || result.status === 'ok' || result.status === 'error') {
    return { output, exitCode, truncated };
  }
  return { output: `${output}${output === '' ? '' : '\n'}${result.message}`, exitCode, truncated };
}

/** A shell tells a signal as 128 and its number. */
function exitCodeOf(signal: string | null): number | null {
  const number = Object.entries(os.constants.signals).find(([name]) => name === signal)?.[1];
  return number === undefined ? null : 128 + number;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
