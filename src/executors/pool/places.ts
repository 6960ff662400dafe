import { GloveboxError } from '../../core/errors.ts';

/** So many may run at once; the others wait in order. */
export class Places {
  #taken = 0;
  #waiting: (() => void)[] = [];

  /** Resolves with the function that gives the place back. */
  async take(most: number, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new GloveboxError('cancelled', 'Cancelled.');
    if (this.#taken >= most) await this.#wait(signal);
    else this.#taken++;
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const next = this.#waiting.shift();
      // The place goes to the next in line without being free in between.
      if (next === undefined) this.#taken--;
      else next();
    };
  }

  async #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#waiting = this.#waiting.filter((entry) => entry !== go);
        reject(new GloveboxError('cancelled', 'Cancelled.'));
      };
      const go = (): void => {
        signal.removeEventListener('abort', abort);
        resolve();
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#waiting.push(go);
    });
  }
}
