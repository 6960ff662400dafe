import { Emitter, type Disposable } from '../../core/lifecycle.ts';

export interface ActiveRun {
  readonly title: string;
  /** False while it is checked, and waits for a decision. */
  readonly isRunning: boolean;
  readonly stop: () => void;
}

/** The runs that were started from the editor, so that each can be stopped and the status shown. */
export class ActiveRuns implements Disposable {
  readonly #runs = new Map<symbol, ActiveRun>();
  readonly #changed = new Emitter<readonly ActiveRun[]>();
  readonly #ended = new Emitter<void>();

  readonly onDidChange = this.#changed.on;
  readonly onDidEnd = this.#ended.on;

  /** Runs `task` with a signal that `stop` aborts; it calls `begins` when the code is about to run. */
  async track<T>(
    title: string,
    task: (signal: AbortSignal, stop: () => void, begins: () => void) => Promise<T>,
  ): Promise<T> {
    const controller = new AbortController();
    const stop = (): void => controller.abort();
    const key = Symbol(title);
    const set = (isRunning: boolean): void => {
      this.#runs.set(key, { title, isRunning, stop });
      this.#changed.fire(this.list());
    };
    set(false);
    try {
      return await task(controller.signal, stop, () => set(true));
    } finally {
      this.#runs.delete(key);
      this.#changed.fire(this.list());
      this.#ended.fire();
    }
  }

  list(): readonly ActiveRun[] {
    return [...this.#runs.values()];
  }

  stopAll(): void {
    for (const run of this.list()) run.stop();
  }

  dispose(): void {
    this.stopAll();
    this.#changed.dispose();
    this.#ended.dispose();
  }
}
