import { spawn, type ChildProcess } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { GloveboxError } from '../../core/errors.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import type { Limits } from '../../core/limits.ts';
import { protocolVersion, type Frame } from '../runner/frames.ts';
import type { LostCause } from '../runner/runOutcome.ts';
import { fromRunner, helloMessage } from '../runner/runnerMessages.ts';
import type { Sandbox } from '../runner/sandbox.ts';
import { watchUsage, type Usage } from './usageWatch.ts';
import { realmCommand, type RealmPlan } from './realmCommand.ts';
import { SealedChannel } from './sealedChannel.ts';

/** The engine and its compiled code, beside the memory that the program may use. */
const ownMemoryBytes = 400 * 1024 * 1024;
const maxComplaint = 4_000;

/** One process with one interpreter, waiting for its one job. */
export class Realm implements Sandbox {
  readonly closed: Promise<void>;
  gone = false;
  readonly #child: ChildProcess;
  readonly #toRealm: Duplex;
  readonly #fromRealm: Duplex;
  readonly #watch: Disposable;
  #receive: (frame: Frame) => void = () => undefined;
  #lost: LostCause = 'killed';
  #limits: Pick<Limits, 'memoryBytes' | 'cpuMs'> | undefined;
  #usage: Usage = { residentBytes: 0, cpuMs: 0 };
  #cpuBefore = 0;
  #complaint = '';

  constructor(plan: RealmPlan) {
    const { file, args, env } = realmCommand(plan);
    const child = spawn(file, args, {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#child = child;
    this.#toRealm = child.stdio[3] as Duplex;
    this.#fromRealm = child.stdio[4] as Duplex;
    this.closed = new Promise((resolve) => {
      const end = (): void => {
        this.gone = true;
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
    const channel = new SealedChannel();
    // A realm that is gone can't be written to; `closed` tells it.
    this.#toRealm.on('error', () => undefined);
    this.#fromRealm.on('error', () => undefined);
    this.#fromRealm.on('data', (chunk: Buffer) => this.#take(channel, chunk));
    this.#watch = watchUsage(child.pid ?? 0, (usage) => this.#check(usage));
    channel.open(this.#toRealm);
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
    if (this.gone || this.#toRealm.write(frame)) return;
    await Promise.race([new Promise<void>((resolve) => this.#toRealm.once('drain', resolve)), this.closed]);
  }

  pause(): void {
    this.#fromRealm.pause();
  }

  resume(): void {
    this.#fromRealm.resume();
  }

  async destroy(): Promise<void> {
    // What is still in the pipes is of no interest, and must not keep 'close' from coming.
    for (const stream of [this.#toRealm, this.#fromRealm, this.#child.stderr]) stream?.destroy();
    this.#end(this.#lost);
    await this.closed;
  }

  async whyLost(): Promise<LostCause> {
    return this.#lost;
  }

  /** Resolves when the interpreter waits for its job. */
  async ready(signal: AbortSignal): Promise<void> {
    const hello = Promise.withResolvers<void>();
    const listening = this.onFrame((frame) => {
      if (frame.type === fromRunner.hello) hello.resolve(this.#greet(frame));
    });
    const abort = (): void => void this.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) abort();
      await Promise.race([hello.promise, this.closed]);
      if (this.gone) throw this.#notStarted(signal);
    } finally {
      listening.dispose();
      signal.removeEventListener('abort', abort);
    }
  }

  #greet(frame: Frame): void {
    const { protocol } = helloMessage.parse(JSON.parse(frame.payload.toString()));
    if (protocol !== protocolVersion)
      throw new GloveboxError(
        'internal',
        'The sandbox speaks another protocol than the extension. Reinstall Glovebox.',
      );
  }

  #notStarted(signal: AbortSignal): GloveboxError {
    if (signal.aborted) return new GloveboxError('cancelled', 'Cancelled.');
    const why = this.#complaint.trim().split('\n').slice(-6).join('\n');
    return new GloveboxError(
      'no-sandbox',
      `The embedded Python could not be started. Reinstall Glovebox, or use Docker. ${why}`,
    );
  }

  #take(channel: SealedChannel, chunk: Buffer): void {
    try {
      for (const frame of channel.read(chunk)) this.#receive(frame);
    } catch {
      // Nothing after a forged or broken frame can be believed.
      this.#end('forged');
    }
  }

  #check(usage: Usage): void {
    this.#usage = usage;
    if (this.#limits === undefined) return;
    if (usage.residentBytes > this.#limits.memoryBytes + ownMemoryBytes) this.#end('oom');
    else if (usage.cpuMs - this.#cpuBefore > this.#limits.cpuMs) this.#end('cpu');
  }

  #end(cause: LostCause): void {
    this.#lost = cause;
    this.#child.kill('SIGKILL');
  }
}
