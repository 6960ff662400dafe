import { openElsewhere } from '../../core/agent.ts';
import type { Disposable } from '../../core/lifecycle.ts';
import type { ConversationSummary } from '../../protocol/chatState.ts';
import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationShelf } from './conversationShelf.ts';

/** A window that is closing may still have a turn when the next one opens; it ends in a moment. */
const lookMs = 1000;

/** All windows share the conversations; a turn goes on in one of them alone. */
export class OtherWindows implements Disposable {
  readonly #parts: Pick<ChatParts, 'elsewhere' | 'workspace' | 'warn'>;
  readonly #shelf: ConversationShelf;
  readonly #renew: (conversation: Conversation) => Promise<boolean>;
  #watching: NodeJS.Timeout | undefined;

  /** `renew` shows a conversation anew where it is shown, and says whether it is. */
  constructor(
    parts: Pick<ChatParts, 'elsewhere' | 'workspace' | 'warn'>,
    shelf: ConversationShelf,
    renew: (conversation: Conversation) => Promise<boolean>,
  ) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#renew = renew;
  }

  /** Whether one of them has a turn of this conversation open; the person is told so. */
  async has(id: string): Promise<boolean> {
    const elsewhere = await this.#parts.elsewhere(id);
    if (elsewhere) this.#parts.warn(openElsewhere);
    return elsewhere;
  }

  /**
   * Whether a conversation is as this window knows it, and free to go on with; the person is told if not, unless
   * they have deleted it.
   */
  async isCurrent(conversation: Conversation): Promise<boolean> {
    if (conversation.content.entries.length === 0) return true;
    if (await this.has(conversation.id)) return false;
    await this.now(conversation);
    return this.#shelf.opened(conversation.id) === conversation;
  }

  /** A conversation as it is now; where another window went on with it, it is shown anew and the person is told. */
  async now(conversation: Conversation): Promise<Conversation> {
    const now = (await this.#shelf.find(conversation.id)) ?? conversation;
    if (now === conversation) return now;
    const shown = await this.#renew(conversation);
    const title = conversation.content.conversation.title;
    this.#parts.warn(
      shown
        ? 'Another window went on with this conversation. It is shown as it is now.'
        : `Another window went on with “${title}”. What was changed in it here is not kept.`,
    );
    return now;
  }

  /** Shows that one of them has it open, and what became of it as soon as that is over. */
  wait(conversation: Conversation): void {
    conversation.openElsewhere();
    this.dispose();
    this.#watching = setInterval(() => {
      this.#look(conversation).catch(() => undefined);
    }, lookMs).unref();
  }

  dispose(): void {
    clearInterval(this.#watching);
    this.#watching = undefined;
  }

  async #look(conversation: Conversation): Promise<void> {
    const watching = this.#watching;
    if ((await this.#parts.elsewhere(conversation.id)) || watching !== this.#watching) return;
    this.dispose();
    await this.#renew(conversation);
  }

  /** What to show again, of all from the newest on: of this workspace, else of none that is known. */
  toRestore(all: readonly ConversationSummary[]): ConversationSummary | undefined {
    const newestOf = (workspace: string | undefined): ConversationSummary | undefined =>
      all.find((summary) => summary.workspace === workspace);
    return newestOf(this.#parts.workspace()) ?? newestOf(undefined);
  }
}
