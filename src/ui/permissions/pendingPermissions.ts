import { Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { PermissionAnswer, PermissionRequest } from '../../core/permission.ts';
import type { Permitter } from '../../core/ports.ts';

interface Open {
  readonly request: PermissionRequest;
  readonly answer: (answer: PermissionAnswer) => void;
}

/** Questions about something else than running code, each answered once, from the card or the diff. */
export class PendingPermissions implements Permitter, Disposable {
  readonly #open = new Map<string, Open>();
  readonly #opened = new Emitter<PermissionRequest>();
  readonly #closed = new Emitter<PermissionRequest>();

  readonly onDidOpen = this.#opened.on;
  readonly onDidClose = this.#closed.on;

  permit(request: PermissionRequest, signal: AbortSignal): Promise<PermissionAnswer> {
    this.#open.get(request.id)?.answer({ kind: 'refuse', reason: 'It was asked anew.' });
    return new Promise((resolve) => {
      const stop = (): void => answer({ kind: 'refuse', reason: 'Stopped before an answer.' });
      const answer = (given: PermissionAnswer): void => {
        if (this.#open.get(request.id) !== entry) return;
        this.#open.delete(request.id);
        signal.removeEventListener('abort', stop);
        resolve(given);
        this.#closed.fire(request);
      };
      const entry: Open = { request, answer };
      this.#open.set(request.id, entry);
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop);
      this.#opened.fire(request);
    });
  }

  /** How many questions are open. */
  get count(): number {
    return this.#open.size;
  }

  /** Open questions, oldest first. */
  list(): readonly PermissionRequest[] {
    return [...this.#open.values()].map(({ request }) => request);
  }

  /** The open question about exactly this. */
  get(id: string, hash: string): PermissionRequest | undefined {
    const entry = this.#open.get(id);
    return entry?.request.hash === hash ? entry.request : undefined;
  }

  /** False when the question is gone or was about something else than the hash names. */
  answer(id: string, hash: string, answer: PermissionAnswer): boolean {
    const entry = this.#open.get(id);
    if (entry === undefined || entry.request.hash !== hash) return false;
    entry.answer(answer);
    return true;
  }

  /** Answers nothing: what is open when the window closes is open again when it comes back. */
  dispose(): void {
    this.#open.clear();
    this.#opened.dispose();
    this.#closed.dispose();
  }
}
