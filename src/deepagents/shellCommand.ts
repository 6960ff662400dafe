import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { ExecuteResponse } from 'deepagents';
import type { RunResult } from '../core/run.ts';

/** First of all a program removes its own file; a line of its own, as what follows may be no shell at all. */
const leaving = 'rm -f -- "$0"\n';

/** More would not fit into one argument of a program. */
const inlineBytes = 100_000;

/** Where this command is put first, if it is too long for that; never where another one is. */
export function longCommandFile(command: string): string | undefined {
  if (Buffer.byteLength(command) <= inlineBytes) return undefined;
  return `/tmp/glovebox-command-${randomUUID()}.sh`;
}

/**
 * The command as a program for the sandbox's shell: both streams as one, in order, and a time limit
 * inside, so that a command that is too slow ends without the sandbox and its files. Agents list their
 * folders: nothing of ours stays there.
 *
 * @param file - Where the command is, if it was put into a file.
 */
export function shellProgram(command: string, file: string | undefined, timeoutSeconds: number): string {
  const what = file ?? `-c ${quote(command)}`;
  return `${leaving}exec 2>&1\nexec timeout --kill-after=2 ${timeoutSeconds} /bin/bash ${what}\n`;
}

/** What is put into the file of a long command. */
export function fileContent(command: string): string {
  return leaving + command;
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
