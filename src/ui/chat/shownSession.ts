import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';

interface SessionParts extends Pick<ChatParts, 'sessions' | 'setup' | 'warn'> {
  /** Whether no other window went on with it; if one did, the person is told and sees it as it is now. */
  readonly isCurrent: (conversation: Conversation) => Promise<boolean>;
}

/** The sandbox that the runs of the shown conversation share, where it keeps its state. */
export class ShownSession {
  readonly #shown: () => Conversation;
  readonly #parts: SessionParts;

  constructor(shown: () => Conversation, parts: SessionParts) {
    this.#shown = shown;
    this.#parts = parts;
  }

  /** From its next run on, runs of the shown conversation share one sandbox, or each is fresh again. */
  async keep(on: boolean): Promise<void> {
    const conversation = this.#shown();
    if (!(await this.#parts.isCurrent(conversation))) return;
    conversation.keepState(on);
    if (on) this.#parts.sessions.keep(conversation.id);
    else await this.#parts.sessions.letGo(conversation.id);
  }

  /** The next run of the shown conversation finds nothing of the earlier ones. */
  async restart(): Promise<void> {
    const conversation = this.#shown();
    if (!this.#isKept() || !(await this.#parts.isCurrent(conversation))) return;
    const ran = conversation.content.entries.some(
      (entry) => entry.kind === 'card' && entry.outcome !== undefined,
    );
    await this.#parts.sessions.restart(conversation.id);
    const message = ran
      ? 'The session was restarted: its variables and files are gone. The next run starts afresh.'
      : 'Nothing has run in this session yet, so there was nothing to restart.';
    conversation.receive({ kind: 'notice', message });
  }

  /** Ends what runs in the shown conversation's session, and keeps its state. */
  async interrupt(): Promise<void> {
    if (!this.#isKept() || (await this.#parts.sessions.interrupt(this.#shown().id))) return;
    const { sandbox } = await this.#parts.setup();
    this.#parts.warn(
      sandbox.interrupts === false
        ? 'This sandbox can’t be interrupted. Stop ends what runs, and the variables of the session are lost.'
        : 'Nothing was interrupted: no program of this conversation is running.',
    );
  }

  #isKept(): boolean {
    if (this.#shown().content.conversation.keepsState === true) return true;
    this.#parts.warn('This conversation keeps no state between runs; each starts afresh.');
    return false;
  }
}
