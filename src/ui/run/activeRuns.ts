import { Emitter, type Disposable } from '../../core/lifecycle.ts';

export interface ActiveRun {
  readonly title: string;
  readonly stop: () => void;
}

/** The runs that were started from the editor, so that each can be stopped and the status shown. */
export class ActiveRuns implements Disposable {
  readonly #runs = new Set<ActiveRun>();
  readonly #changed = new Emitter<readonly ActiveRun[]>();
  readonly #ended = new Emitter<void>();

  readonly onDidChange = this.#changed.on;
  readonly onDidEnd = this.#ended.on;

  /** Runs `task` with a signal that `stop` aborts. */
  async track<T>(title: string, task: (signal: AbortSignal, stop: () => void) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const run: ActiveRun = { title, stop: () => controller.abort() };
    this.#runs.add(run);
    this.#changed.fire(this.list());
    try {
      return await task(controller.signal, run.stop);
    } finally {
      this.#runs.delete(run);
      this.#changed.fire(this.list());
      this.#ended.fire();
    }
  }

  list(): readonly ActiveRun[] {
    return [...this.#runs];
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
