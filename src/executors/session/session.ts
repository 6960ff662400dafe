import { Buffer } from 'node:buffer';
import type { RunEvent, RunRequest, RunResult } from '../../core/run.ts';
import { encodeFrame, toRunner, type Frame } from '../runner/frames.ts';
import { fromRunner, replyMessage } from '../runner/runnerMessages.ts';
import type { Sandbox } from '../runner/sandbox.ts';
import { whenClosed } from '../runner/whenClosed.ts';

const chunkBytes = 256 * 1024;

/** What a file request came to: the bytes, or the name of a POSIX error such as `ENOENT`. */
export type FileReply = { readonly data: Buffer } | { readonly error: string };

/** Since when the run has had a place, and how long it waited for it; `performance.now()`. */
export interface RunTimes {
  readonly placedAt: number;
  readonly queueMs: number;
}

export interface SessionParts {
  readonly sandbox: Sandbox;
  /** Where it is, and by which settings; equal for two exactly when one may serve for the other. */
  readonly madeFor: string;
  readonly idleMs: number;
  readonly run: (
    request: RunRequest,
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
    times: RunTimes,
  ) => Promise<RunResult>;
  /** Called once, when the session has ended for whatever reason. */
  readonly ended: () => void;
}

/**
 * One sandbox that keeps its Python state and its files from run to run, for one conversation.
 * Runs and file requests happen one after the other.
 */
export class Session {
  readonly madeFor: string;
  readonly #parts: SessionParts;
  #line: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;
  #busy = 0;
  #running = false;
  #interrupted = false;
  #over = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.madeFor = parts.madeFor;
    this.#expireLater();
    void parts.sandbox.closed.then(() => this.#end());
  }

  /** False once the sandbox is gone; the state is lost then. */
  get alive(): boolean {
    return !this.#parts.sandbox.gone;
  }

  /** Runs a cell of Python, which finds the variables of earlier ones, or a command in the same files. */
  run(
    request: RunRequest,
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
    times: RunTimes = { placedAt: performance.now(), queueMs: 0 },
  ): Promise<RunResult> {
    return this.#next(async () => {
      this.#interrupted = false;
      this.#running = true;
      const ran = this.#parts.run(request, emit, signal, times);
      const result = await ran.finally(() => (this.#running = false));
      // One that took it for nothing and went on has not ended by it.
      const byIt = result.status === 'error' && (result.exitCode === 130 || result.signal === 'SIGINT');
      return this.#interrupted && byIt ? { ...result, interrupted: true } : result;
    });
  }

  /** Raises KeyboardInterrupt in the run under way; the state stays. False where none is. */
  interrupt(): boolean {
    if (!this.#running) return false;
    this.#interrupted = true;
    void this.#parts.sandbox.send(encodeFrame(toRunner.interrupt));
    return true;
  }

  /** Writes a file under an absolute path of the sandbox; folders on the way are made. */
  put(path: string, data: Uint8Array): Promise<FileReply> {
    return this.#next(async () => {
      const reply = this.#reply();
      const { sandbox } = this.#parts;
      await sandbox.send(encodeFrame(toRunner.put, JSON.stringify({ path })));
      for (let at = 0; at < data.length; at += chunkBytes) {
        await sandbox.send(encodeFrame(toRunner.putData, data.subarray(at, at + chunkBytes)));
      }
      await sandbox.send(encodeFrame(toRunner.putEnd));
      return reply;
    });
  }

  /** Reads a file under an absolute path of the sandbox. */
  get(path: string): Promise<FileReply> {
    return this.#next(async () => {
      const reply = this.#reply();
      await this.#parts.sandbox.send(encodeFrame(toRunner.get, JSON.stringify({ path })));
      return reply;
    });
  }

  /** Ends the session behind what is under way in it. */
  async closeAfterwards(): Promise<void> {
    return this.#next(async () => this.close());
  }

  /** Ends the session and removes its sandbox. */
  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#parts.sandbox.destroy();
    this.#end();
  }

  #reply(): Promise<FileReply> {
    const { sandbox } = this.#parts;
    const { promise, resolve } = Promise.withResolvers<FileReply>();
    const data: Buffer[] = [];
    const listening = sandbox.onFrame((frame: Frame) => {
      if (frame.type === fromRunner.artifactData) data.push(Buffer.from(frame.payload));
      if (frame.type !== fromRunner.reply) return;
      const { error } = replyMessage.parse(JSON.parse(frame.payload.toString()));
      resolve(error === null ? { data: Buffer.concat(data) } : { error });
    });
    const watching = whenClosed(sandbox, () => resolve({ error: 'EPIPE' }));
    return promise.finally(() => {
      listening.dispose();
      watching.dispose();
    });
  }

  /** After everything before it; the idle clock stands still meanwhile. */
  #next<T>(step: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    this.#busy++;
    const turn = this.#line.then(step).finally(() => {
      if (--this.#busy === 0) this.#expireLater();
    });
    this.#line = turn.catch(() => undefined);
    return turn;
  }

  #expireLater(): void {
    clearTimeout(this.#idle);
    if (this.#over) return;
    this.#idle = setTimeout(() => void this.close(), this.#parts.idleMs);
    this.#idle.unref();
  }

  /** By its sandbox's end and by whoever closes it, so it may come twice. */
  #end(): void {
    clearTimeout(this.#idle);
    if (this.#over) return;
    this.#over = true;
    this.#parts.ended();
  }
}
