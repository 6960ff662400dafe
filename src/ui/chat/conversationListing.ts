import type { ChatState, ConversationSummary } from '../../protocol/chatState.ts';

/** The list of all conversations as the page has it: the newest, and older ones once they are asked for. */
export class ConversationListing {
  readonly #list: () => Promise<readonly ConversationSummary[]>;
  readonly #tell: (listing: Pick<ChatState, 'conversations' | 'older'>) => void;
  #all: readonly ConversationSummary[] = [];
  #listed = listedAtOnce;

  constructor(
    list: () => Promise<readonly ConversationSummary[]>,
    tell: (listing: Pick<ChatState, 'conversations' | 'older'>) => void,
  ) {
    this.#list = list;
    this.#tell = tell;
  }

  /** All of them, newest first. */
  get all(): readonly ConversationSummary[] {
    return this.#all;
  }

  get shown(): Pick<ChatState, 'conversations' | 'older'> {
    const conversations = this.#all.slice(0, this.#listed);
    return { conversations, older: this.#all.length - conversations.length };
  }

  async refresh(): Promise<void> {
    this.#all = await this.#list();
    this.#tell(this.shown);
  }

  /** Lists older conversations, too. */
  async more(): Promise<void> {
    this.#listed += listedAtOnce;
    await this.refresh();
  }
}

/** More make the list slow and nobody reads them. */
export const listedAtOnce = 200;
