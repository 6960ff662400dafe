import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';

/** The sandbox that the runs of the shown conversation share, where it keeps its state. */
export class ShownSession {
  readonly #shown: () => Conversation;
  readonly #parts: Pick<ChatParts, 'sessions' | 'warn'>;

  constructor(shown: () => Conversation, parts: Pick<ChatParts, 'sessions' | 'warn'>) {
    this.#shown = shown;
    this.#parts = parts;
  }

  /** From its next run on, runs of the shown conversation share one sandbox, or each is fresh again. */
  async keep(on: boolean): Promise<void> {
    const conversation = this.#shown();
    conversation.keepState(on);
    if (on) this.#parts.sessions.keep(conversation.id);
    else await this.#parts.sessions.letGo(conversation.id);
  }

  /** The next run of the shown conversation finds nothing of the earlier ones. */
  async restart(): Promise<void> {
    if (this.#isKept()) await this.#parts.sessions.restart(this.#shown().id);
  }

  /** Ends what runs in the shown conversation's session, and keeps its state. */
  async interrupt(): Promise<void> {
    if (!this.#isKept() || (await this.#parts.sessions.interrupt(this.#shown().id))) return;
    this.#parts.warn('Nothing was interrupted: no session runs that can be. Stop ends the request.');
  }

  #isKept(): boolean {
    if (this.#shown().content.conversation.keepsState === true) return true;
    this.#parts.warn('This conversation keeps no state between runs; each starts afresh.');
    return false;
  }
}
