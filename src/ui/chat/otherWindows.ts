import { openElsewhere } from '../../core/agent.ts';
import type { ConversationSummary } from '../../protocol/chatState.ts';
import type { ChatParts } from './chatParts.ts';
import type { Conversation } from './conversation.ts';
import type { ConversationShelf } from './conversationShelf.ts';

/** All windows share the conversations; a turn goes on in one of them alone. */
export class OtherWindows {
  readonly #parts: Pick<ChatParts, 'elsewhere' | 'workspace' | 'warn'>;
  readonly #shelf: ConversationShelf;

  readonly #replaced: (old: Conversation, now: Conversation) => void;

  /** `replaced` hears of each conversation that is to be shown anew. */
  constructor(
    parts: Pick<ChatParts, 'elsewhere' | 'workspace' | 'warn'>,
    shelf: ConversationShelf,
    replaced: (old: Conversation, now: Conversation) => void,
  ) {
    this.#parts = parts;
    this.#shelf = shelf;
    this.#replaced = replaced;
  }

  /** Whether one of them has a turn of this conversation open; the person is told so. */
  async has(id: string): Promise<boolean> {
    const elsewhere = await this.#parts.elsewhere(id);
    if (elsewhere) this.#parts.warn(openElsewhere);
    return elsewhere;
  }

  /** Whether a conversation is as this window knows it, and free to go on with; the person is told if not. */
  async isCurrent(conversation: Conversation): Promise<boolean> {
    if (conversation.content.entries.length === 0) return true;
    if (await this.has(conversation.id)) return false;
    const now = (await this.#shelf.find(conversation.id)) ?? conversation;
    if (now === conversation) return true;
    this.#replaced(conversation, now);
    this.#parts.warn('Another window went on with this conversation. It is shown as it is now.');
    return false;
  }

  /** What to show again, of all from the newest on: of this workspace, else of none that is known. */
  toRestore(all: readonly ConversationSummary[]): ConversationSummary | undefined {
    const newestOf = (workspace: string | undefined): ConversationSummary | undefined =>
      all.find((summary) => summary.workspace === workspace);
    return newestOf(this.#parts.workspace()) ?? newestOf(undefined);
  }
}
