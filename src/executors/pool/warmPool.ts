import { GloveboxError } from '../../core/errors.ts';
import type { Sandbox } from '../runner/sandbox.ts';

const parallelFills = 2;
const maxBackoffMs = 60_000;
/** A refill waits until the run that made room for it has had the machine to itself for a moment. */
const refillDelayMs = { some: 150, none: 25 } as const;

export interface WarmPoolParts<S extends Sandbox> {
  /** How many are to wait, as it is now. */
  readonly size: () => number;
  readonly idleMs: number;
  /** Opens one more waiting container. */
  readonly open: (signal: AbortSignal) => Promise<S>;
}

/**
 * Containers that have never run anything, waiting. Each is handed out once and belongs to whoever
 * took it; nothing ever comes back.
 */
export class WarmPool<S extends Sandbox> {
  readonly #parts: WarmPoolParts<S>;
  readonly #stop = new AbortController();
  readonly #fills = new Set<Promise<void>>();
  #ready: S[] = [];
  #waiters: ((sandbox: S | undefined) => void)[] = [];
  #refill: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #failures = 0;
  /** Why the last one could not be started. */
  #fault: unknown;
  #resting = true;
  #holds = 0;

  constructor(parts: WarmPoolParts<S>) {
    this.#parts = parts;
  }

  /** How many wait now. */
  get ready(): number {
    return this.#ready.length;
  }

  /** Starts filling, and puts off the idle shrink. */
  wake(): void {
    if (this.#stop.signal.aborted || this.#parts.size() === 0) return;
    this.#resting = false;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#rest(), this.#parts.idleMs);
    this.#idle.unref();
    this.#schedule(this.#ready.length > 0 ? refillDelayMs.some : refillDelayMs.none);
  }

  /** A waiting container, if there is one. */
  take(): S | undefined {
    let taken = this.#ready.shift();
    while (taken?.gone === true) taken = this.#ready.shift();
    // Somebody runs something, so trying again is worth it whatever went wrong before.
    this.#failures = 0;
    clearTimeout(this.#refill);
    this.#refill = undefined;
    this.wake();
    return taken;
  }

  /** Starts nothing new until the returned function is called: a run needs the machine more. */
  hold(): () => void {
    this.#holds++;
    let held = true;
    return () => {
      if (held && --this.#holds === 0) this.#schedule(refillDelayMs.some);
      held = false;
    };
  }

  /**
   * One that is being started and not spoken for; undefined when there is none or it fails. Rejects at once
   * when the signal is aborted; whoever comes next gets it then.
   */
  async next(signal: AbortSignal): Promise<S | undefined> {
    if (this.#fills.size <= this.#waiters.length) return undefined;
    const { promise, resolve, reject } = Promise.withResolvers<S | undefined>();
    const leave = (): void => {
      this.#waiters = this.#waiters.filter((waiter) => waiter !== resolve);
      reject(new GloveboxError('cancelled', 'Cancelled.'));
    };
    if (signal.aborted) leave();
    else this.#waiters.push(resolve);
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  /** Resolves when as many wait as should, or as could be started; rejects with the reason when none could. */
  async filled(): Promise<void> {
    this.wake();
    clearTimeout(this.#refill);
    this.#refill = undefined;
    this.#fill();
    while (this.#fills.size > 0) await Promise.race(this.#fills);
    if (this.#ready.length === 0 && this.#failures > 0 && !this.#stop.signal.aborted) throw this.#fault;
  }

  /** Lets go of those that are more than should wait now. */
  fit(): void {
    for (const sandbox of this.#ready.splice(this.#parts.size())) this.#leave(sandbox);
  }

  /** Ends all that waits or is being started; the pool is of no more use. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#rest();
    for (const waiter of this.#waiters.splice(0)) waiter(undefined);
    // What is being started now leaves as soon as it is there.
    while (this.#fills.size + this.#leaving.size > 0) await Promise.all([...this.#fills, ...this.#leaving]);
  }

  readonly #leaving = new Set<Promise<void>>();

  #rest(): void {
    this.#resting = true;
    clearTimeout(this.#idle);
    clearTimeout(this.#refill);
    this.#refill = undefined;
    for (const sandbox of this.#ready.splice(0)) this.#leave(sandbox);
  }

  #leave(sandbox: S): void {
    const leaving = sandbox.destroy().finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }

  #schedule(delayMs: number): void {
    if (this.#resting || this.#holds > 0 || this.#refill !== undefined) return;
    this.#refill = setTimeout(() => {
      this.#refill = undefined;
      this.#fill();
    }, delayMs);
    this.#refill.unref();
  }

  #fill(): void {
    if (this.#resting || this.#holds > 0) return;
    while (this.#fills.size < parallelFills && this.#ready.length + this.#fills.size < this.#parts.size()) {
      const fill = this.#openOne().finally(() => {
        this.#fills.delete(fill);
        if (this.#ready.length < this.#parts.size()) this.#schedule(this.#backoff());
      });
      this.#fills.add(fill);
    }
  }

  #backoff(): number {
    return this.#failures === 0 ? 0 : Math.min(maxBackoffMs, 500 * 2 ** this.#failures);
  }

  async #openOne(): Promise<void> {
    let sandbox: S;
    try {
      sandbox = await this.#parts.open(this.#stop.signal);
    } catch (error) {
      this.#failures++;
      this.#fault = error;
      this.#waiters.shift()?.(undefined);
      return;
    }
    this.#failures = 0;
    const waiter = this.#waiters.shift();
    if (waiter !== undefined) waiter(sandbox);
    else if (this.#resting || this.#ready.length >= this.#parts.size()) this.#leave(sandbox);
    else this.#keep(sandbox);
  }

  #keep(sandbox: S): void {
    this.#ready.push(sandbox);
    void sandbox.closed.then(() => {
      const index = this.#ready.indexOf(sandbox);
      if (index < 0) return;
      // It ended while it waited: the engine restarted, or somebody removed it.
      this.#ready.splice(index, 1);
      this.#leave(sandbox);
      this.#failures++;
      this.#fault = new Error('A sandbox that waited for its run has ended by itself.');
      this.#schedule(this.#backoff());
    });
  }
}
