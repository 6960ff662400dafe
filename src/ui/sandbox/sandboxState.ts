import { DisposableList, Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { SandboxStatus } from '../../core/ports.ts';
import type { LoadApp } from '../uiApp.ts';

/** What is known about the sandbox that the next run would get; asked for when something may have changed. */
export class SandboxState implements Disposable {
  readonly #app: LoadApp;
  readonly #owned = new DisposableList();
  readonly #changed = this.#owned.push(new Emitter<SandboxStatus>());
  #known: SandboxStatus | undefined;

  readonly onDidChange = this.#changed.on;

  constructor(app: LoadApp) {
    this.#app = app;
  }

  /** What was seen last; undefined while nobody has looked. */
  get known(): SandboxStatus | undefined {
    return this.#known;
  }

  async refresh(): Promise<SandboxStatus> {
    const status = await (await this.#app()).executor.describe();
    const changed = JSON.stringify(status) !== JSON.stringify(this.#known);
    this.#known = status;
    if (changed) this.#changed.fire(status);
    return status;
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
