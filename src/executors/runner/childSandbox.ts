import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { GloveboxError } from '../../core/errors.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import type { Limits } from '../../core/limits.ts';
import { encodeFrame, protocolVersion, toRunner, type Frame } from './frames.ts';
import type { LostCause } from './runOutcome.ts';
import { fromRunner, helloMessage } from './runnerMessages.ts';
import type { Sandbox } from './sandbox.ts';
import { watchUsage, type Usage } from './usageWatch.ts';

const maxComplaint = 4_000;
const keepaliveMs = 10_000;
const startMs = 120_000;
const slackBytes = 100 * 1024 * 1024;
/** Loading packages for a program may take this much for a moment. */
const loadingBytes = 3 * 1024 * 1024 * 1024;

export interface ChildParts {
  /** For people: what could not be started. */
  readonly name: string;
  readonly child: ChildProcess;
  readonly to: Writable;
  readonly from: Readable;
  /** The frames in what came; throws when nothing that comes can be believed any more. */
  readonly read: (chunk: Buffer) => Iterable<Frame>;
  /** Memory beside what the program may use. */
  readonly ownMemoryBytes: number;
  /** What to say before anything else. */
  readonly greeting?: Uint8Array;
  /** Hears that we are alive now and then. */
  readonly keepalive?: boolean;
  /** How long it may take until its runner waits for a job; absent: two minutes, for the slowest disk. */
  readonly startMs?: number;
}

/** A process of this machine in which a runner of ours waits for its job; whatever is around it is up to its maker. */
export class ChildSandbox implements Sandbox {
  readonly closed: Promise<void>;
  gone = false;
  readonly #parts: ChildParts;
  readonly #watch: Disposable;
  readonly #keepalive: NodeJS.Timeout | undefined;
  #receive: (frame: Frame) => void = () => undefined;
  #lost: LostCause = 'killed';
  #limits: Pick<Limits, 'memoryBytes' | 'cpuMs'> | undefined;
  #usage: Usage = { residentBytes: 0, cpuMs: 0 };
  #cpuBefore = 0;
  /** Memory beside what the program may use, of which nothing was the program's when it was looked at. */
  #own: number | undefined;
  #complaint = '';

  constructor(parts: ChildParts) {
    this.#parts = parts;
    const { child, to, from } = parts;
    this.closed = new Promise((resolve) => {
      const end = (): void => {
        this.gone = true;
        clearInterval(this.#keepalive);
        this.#watch.dispose();
        resolve();
      };
      child.once('error', (error) => {
        this.#complaint = error.message;
        end();
      });
      // 'close' comes when the process is gone and its last frames have been read.
      child.once('close', end);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString()).slice(-maxComplaint);
    });
    // A process that is gone can't be written to; `closed` tells it.
    to.on('error', () => undefined);
    from.on('error', () => undefined);
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    this.#watch = watchUsage(child.pid ?? 0, (usage) => this.#check(usage));
    if (parts.greeting !== undefined) to.write(parts.greeting);
    if (parts.keepalive === true) {
      this.#keepalive = setInterval(() => void this.send(encodeFrame(toRunner.keepalive)), keepaliveMs);
      this.#keepalive.unref();
    }
  }

  /** From now on the process is watched for a job with these limits. */
  begin(limits: Limits): void {
    this.#limits = limits;
    this.#cpuBefore = this.#usage.cpuMs;
  }

  onFrame(listener: (frame: Frame) => void): Disposable {
    this.#receive = listener;
    return { dispose: () => void (this.#receive = () => undefined) };
  }

  async send(frame: Uint8Array): Promise<void> {
    const { to } = this.#parts;
    if (this.gone || to.write(frame)) return;
    await Promise.race([new Promise<void>((resolve) => to.once('drain', resolve)), this.closed]);
  }

  pause(): void {
    this.#parts.from.pause();
  }

  resume(): void {
    this.#parts.from.resume();
  }

  async destroy(): Promise<void> {
    const { child, to, from } = this.#parts;
    // What is still in the pipes is of no interest, and must not keep 'close' from coming.
    for (const stream of [to, from, child.stderr]) stream?.destroy();
    this.#end(this.#lost);
    await this.closed;
  }

  async whyLost(): Promise<LostCause> {
    return this.#lost;
  }

  /** Resolves when the runner waits for its job. */
  async ready(signal: AbortSignal): Promise<void> {
    const hello = Promise.withResolvers<void>();
    const listening = this.onFrame((frame) => {
      if (frame.type !== fromRunner.hello) return;
      if (speaksOurs(frame)) hello.resolve();
      else hello.reject(new GloveboxError('internal', otherProtocol));
    });
    const abort = (): void => void this.destroy();
    let late = false;
    const giveUp = (): void => {
      late = true;
      abort();
    };
    const clock = setTimeout(giveUp, this.#parts.startMs ?? startMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) abort();
      await Promise.race([hello.promise, this.closed]);
      if (this.gone) throw this.#notStarted(signal, late);
    } catch (error) {
      await this.destroy();
      throw error;
    } finally {
      clearTimeout(clock);
      listening.dispose();
      signal.removeEventListener('abort', abort);
    }
  }

  #notStarted(signal: AbortSignal, late: boolean): GloveboxError {
    if (signal.aborted) return new GloveboxError('cancelled', 'Cancelled.');
    const what = `${this.#parts.name} could not be started${late ? ' in time' : ''}.`;
    const why = this.#complaint.trim().split('\n').slice(-6).join('\n');
    return new GloveboxError('no-sandbox', `${what} ${why}`.trim());
  }

  #take(chunk: Buffer): void {
    try {
      for (const frame of this.#parts.read(chunk)) {
        if (frame.type === fromRunner.started) this.#rememberOwn();
        this.#receive(frame);
      }
    } catch {
      // Nothing after a forged or broken frame can be believed.
      this.#end('forged');
    }
  }

  /** Before its first program: compiled packages may take more than a runner takes by itself. */
  #rememberOwn(): void {
    this.#own ??= Math.max(this.#parts.ownMemoryBytes, this.#usage.residentBytes + slackBytes);
  }

  #check(usage: Usage): void {
    this.#usage = usage;
    if (this.#limits === undefined) return;
    const own = this.#own ?? loadingBytes;
    if (usage.residentBytes > this.#limits.memoryBytes + own) this.#end('oom');
    else if (usage.cpuMs - this.#cpuBefore > this.#limits.cpuMs) this.#end('cpu');
  }

  #end(cause: LostCause): void {
    this.#lost = cause;
    // Whoever looks from now on must not take it for one that lives.
    this.gone = true;
    killInnermost(this.#parts.child);
  }
}

const patienceMs = 2_000;

/**
 * bubblewrap's outer process ends when all within is gone, so what is killed is the one that it watches,
 * which takes its namespace along. Where there is no such thing, the process itself is killed.
 */
function killInnermost(child: ChildProcess): void {
  // Its number may be somebody else's by now, and so may the children.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const inner = childrenOf(child.pid);
  if (inner.length === 0) return void child.kill('SIGKILL');
  for (const pid of inner) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It is gone already, or is somebody else whom we may not touch: the outer process is ours.
      child.kill('SIGKILL');
    }
  }
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  timer.unref();
  child.once('close', () => clearTimeout(timer));
}

function childrenOf(pid: number | undefined): readonly number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

const otherProtocol = 'The sandbox speaks another protocol than the extension. Reinstall Glovebox.';

function speaksOurs(frame: Frame): boolean {
  try {
    return helloMessage.parse(JSON.parse(frame.payload.toString())).protocol === protocolVersion;
  } catch {
    return false;
  }
}
