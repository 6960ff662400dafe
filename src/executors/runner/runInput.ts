import { GloveboxError } from '../../core/errors.ts';
import type { InputFile } from '../../core/proposal.ts';
import { Buffer } from 'node:buffer';
import type { RunRequest } from '../../core/run.ts';
import { encodeFrame, toRunner } from './frames.ts';
import type { Sandbox } from './sandbox.ts';

const chunkBytes = 256 * 1024;

/**
 * Sends the job, its files and its standard input; what it sends starts the program. Rejects before it
 * has where a file can't be had. Leaves off where `signal` says that nobody waits for the run any more.
 */
export async function sendJob(
  sandbox: Sandbox,
  request: RunRequest,
  session: boolean,
  signal: AbortSignal,
): Promise<void> {
  const job = {
    language: request.language,
    code: request.code,
    title: request.title,
    cell: request.cell === true || session,
    session,
    limits: request.limits,
  };
  const small = [encodeFrame(toRunner.run, JSON.stringify(job))];
  let left = request.limits.inputBytes;
  for (const file of request.files) {
    small.push(encodeFrame(toRunner.file, JSON.stringify({ name: file.name })));
    for await (const piece of readable(file)) {
      if (signal.aborted) return;
      left -= piece.length;
      if (left < 0) throw new InputTooLarge(file.name);
      for (let at = 0; at < piece.length; at += chunkBytes) {
        const frame = encodeFrame(toRunner.data, piece.subarray(at, at + chunkBytes));
        // What is small goes out together with what comes next.
        await sandbox.send(small.length === 0 ? frame : Buffer.concat([...small.splice(0), frame]));
      }
    }
  }
  if (signal.aborted) return;
  await sandbox.send(Buffer.concat([...small, encodeFrame(toRunner.go)]));
  await sendStdin(sandbox, request.stdin, signal);
}

async function* readable(file: InputFile): AsyncGenerator<Uint8Array> {
  try {
    yield* file.open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const name = JSON.stringify(file.name);
    throw new GloveboxError('bad-input', `The input file ${name} can't be read: ${why}. Nothing was run.`, {
      cause: error,
    });
  }
}

/** What is sent behind the end of its run would be read by the session's next one. */
async function sendStdin(sandbox: Sandbox, stdin: string | undefined, signal: AbortSignal): Promise<void> {
  const bytes = Buffer.from(stdin ?? '');
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    if (signal.aborted) return;
    await sandbox.send(encodeFrame(toRunner.stdin, bytes.subarray(at, at + chunkBytes)));
  }
  if (!signal.aborted) await sandbox.send(encodeFrame(toRunner.stdinEnd));
}

/** More input than a run may take; nothing was started. */
export class InputTooLarge extends Error {
  override readonly name = 'InputTooLarge';
  constructor(file: string) {
    super(`The input files are larger than a run may take (at ${JSON.stringify(file)}).`);
  }
}
