import type Dockerode from 'dockerode';
import type { Disposable } from '../../core/lifecycle.ts';
import { leaseName } from './containerLabels.ts';
import { isGvisor, type ContainerPlan } from './containerSpec.ts';
import { Demux } from './demux.ts';
import { encodeFrame, FrameReader, toRunner, type Frame } from '../runner/frames.ts';
import type { Sandbox } from '../runner/sandbox.ts';
import { FrameSeal } from './frameSeal.ts';
import { lostCause } from './lostCause.ts';
import { removeContainer } from './removeContainer.ts';
import type { LostCause } from '../runner/runOutcome.ts';

const keepaliveMs = 10_000;
const renewalMs = 20_000;
const closingMs = 1000;
const maxComplaint = 4000;

/** A started container whose runner has said hello. Used once, then destroyed. */
export class SandboxContainer implements Sandbox {
  readonly id: string;
  readonly plan: ContainerPlan;
  /** Settles when the stream to the runner has ended, whatever the cause. */
  readonly closed: Promise<void>;
  readonly #docker: Dockerode;
  readonly #stream: NodeJS.ReadWriteStream;
  readonly #frames = new FrameReader();
  readonly #keepalive: NodeJS.Timeout;
  readonly #renewal: NodeJS.Timeout;
  #seal: FrameSeal | undefined;
  #forged = false;
  #receive: (frame: Frame) => void = () => undefined;
  #close: () => void = () => undefined;
  #gone = false;
  #complaint = '';
  #removed: Promise<void> | undefined;

  constructor(docker: Dockerode, id: string, plan: ContainerPlan, stream: NodeJS.ReadWriteStream) {
    this.#docker = docker;
    this.id = id;
    this.plan = plan;
    this.#stream = stream;
    this.closed = new Promise((resolve) => (this.#close = resolve));
    const demux = new Demux({
      stdout: (chunk) => this.#fromRunner(chunk),
      stderr: (chunk) => void (this.#complaint = (this.#complaint + chunk.toString()).slice(-maxComplaint)),
    });
    stream.on('data', (chunk: Buffer) => demux.push(chunk));
    for (const event of ['end', 'close', 'error']) stream.on(event, () => this.#ended());
    this.#keepalive = setInterval(() => void this.send(encodeFrame(toRunner.keepalive)), keepaliveMs);
    this.#keepalive.unref();
    this.#renewal = setInterval(() => void this.#renew(), plan.leaseMs / 2);
    this.#renewal.unref();
  }

  /** Whether the stream has ended already, or is about to. */
  get gone(): boolean {
    return this.#gone;
  }

  /** What the runner wrote to its own stderr: why it could not start, if it could not. */
  get complaint(): string {
    return this.#complaint.trim();
  }

  /** One listener at a time; frames that come while there is none are dropped. */
  onFrame(listener: (frame: Frame) => void): Disposable {
    this.#receive = listener;
    return { dispose: () => void (this.#receive = () => undefined) };
  }

  /** Resolves when there is room for more; a stream that has ended swallows it. */
  async send(frame: Uint8Array): Promise<void> {
    if (this.#gone || this.#stream.write(frame)) return;
    await Promise.race([new Promise<void>((resolve) => this.#stream.once('drain', resolve)), this.closed]);
  }

  /** From now on believes only frames with the runner's seal. */
  sealFrames(): void {
    this.#seal = new FrameSeal();
    void this.send(encodeFrame(toRunner.keepalive, this.#seal.key));
  }

  /** For slowing down a program that writes faster than we can keep. */
  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  async whyLost(): Promise<LostCause> {
    return this.#forged ? 'forged' : lostCause(this.#docker, this.id, isGvisor(this.plan.runtime));
  }

  /** Kills and removes the container; resolves when it is gone. Never rejects. */
  destroy(): Promise<void> {
    // What a program says while it is being removed must not reach the session's next run.
    this.#gone = true;
    this.#stopTimers();
    this.#removed ??= removeContainer(this.#docker, this.id).finally(() => {
      this.#stream.end();
      // An engine that hangs closes nothing by itself.
      setTimeout(() => this.#ended(), closingMs).unref();
    });
    return this.#removed;
  }

  #fromRunner(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) {
        if (this.#gone) return;
        this.#receive(this.#seal === undefined ? frame : this.#seal.open(frame));
      }
    } catch (error) {
      // Nothing that comes after this can be believed.
      this.#stream.removeAllListeners('data');
      this.#forged = this.#seal !== undefined;
      this.#complaint += error instanceof Error ? error.message : String(error);
      void this.destroy();
      this.#ended();
    }
  }

  /** A session may live longer than anybody thought when its container was made. */
  async #renew(): Promise<void> {
    const name = leaseName(Date.now() + this.plan.leaseMs, this.id);
    const abortSignal = AbortSignal.timeout(renewalMs);
    const renewed = this.#docker.getContainer(this.id).rename({ name, abortSignal });
    // The next time will do, or the container is gone.
    await renewed.catch(() => undefined);
  }

  #stopTimers(): void {
    clearInterval(this.#keepalive);
    clearInterval(this.#renewal);
  }

  #ended(): void {
    this.#gone = true;
    this.#stopTimers();
    this.#close();
  }
}
