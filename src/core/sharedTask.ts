/** One piece of work for several who wait; it is aborted when the last of them has left. */
export class SharedTask<T> {
  #listeners = new Set<(message: string) => void>();
  #controller = new AbortController();
  #result: Promise<T>;
  #said: string | undefined;
  settled = false;

  constructor(work: (progress: (message: string) => void, signal: AbortSignal) => Promise<T>) {
    this.#result = work((message) => this.#say(message), this.#controller.signal).finally(() => {
      this.settled = true;
    });
    this.#result.catch(() => undefined);
  }

  /** Everybody left before the end; whoever comes now needs a new one. */
  get abandoned(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Waits for the result; leaving early rejects at once, the work's own end is awaited by nobody else. */
  async join(progress: (message: string) => void, signal: AbortSignal): Promise<T> {
    const listener = (message: string): void => progress(message);
    this.#listeners.add(listener);
    if (this.#said !== undefined) progress(this.#said);
    const leave = (): void => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#controller.abort(signal.reason);
    };
    const { promise: left, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => {
      leave();
      // The last to leave waits for the clearing up, so that nothing is left when it returns.
      if (!this.abandoned) reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.#listeners.delete(listener);
    }
  }

  #say(message: string): void {
    this.#said = message;
    for (const listener of [...this.#listeners]) listener(message);
  }
}
