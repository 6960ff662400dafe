import { Emitter, type Disposable } from '../../core/lifecycle.ts';
import type { PendingDecisions } from './pendingDecisions.ts';

/**
 * The conversations whose clean code runs without asking, because the person said so on a card there. It
 * counts at once, also when it is taken back, and is forgotten when the window closes.
 */
export class UnaskedConversations implements Disposable {
  readonly #threads = new Set<string>();
  readonly #changed = new Emitter<string>();
  readonly #listening: Disposable;

  /** Tells the conversation in which it changed. */
  readonly onDidChange = this.#changed.on;

  constructor(pending: PendingDecisions) {
    this.#listening = pending.onDidClose(({ pending: { proposal }, decision }) => {
      if (proposal.threadId === undefined) return;
      if (decision.kind !== 'run' || decision.forConversation !== true) return;
      this.#threads.add(proposal.threadId);
      this.#changed.fire(proposal.threadId);
    });
  }

  readonly has = (threadId: string): boolean => this.#threads.has(threadId);

  /** From now on its code is asked for again. */
  askAgain(threadId: string): void {
    if (this.#threads.delete(threadId)) this.#changed.fire(threadId);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }
}
