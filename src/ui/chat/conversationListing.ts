import type { ChatState, ConversationSummary } from '../../protocol/chatState.ts';
import type { ConversationShelf } from './conversationShelf.ts';

/** What the page has of the list: the newest, and how many there are besides. */
type Listing = Pick<ChatState, 'conversations' | 'older'>;

/** The list of all conversations as the page has it: the newest, and older ones once they are asked for. */
export class ConversationListing {
  readonly #shelf: Pick<ConversationShelf, 'list' | 'search'>;
  readonly #tell: (listing: Listing) => void;
  #all: readonly ConversationSummary[] = [];
  #listed = listedAtOnce;

  constructor(shelf: Pick<ConversationShelf, 'list' | 'search'>, tell: (listing: Listing) => void) {
    this.#shelf = shelf;
    this.#tell = tell;
  }

  /** All of them, newest first. */
  get all(): readonly ConversationSummary[] {
    return this.#all;
  }

  /** What is listed now. */
  get shown(): Listing {
    const conversations = this.#all.slice(0, this.#listed);
    return { conversations, older: this.#all.length - conversations.length };
  }

  /** Reads the list anew, and tells it to the page. */
  async refresh(): Promise<void> {
    this.#all = await this.#shelf.list();
    this.#tell(this.shown);
  }

  /** Lists older conversations, too. */
  async more(): Promise<void> {
    this.#listed += listedAtOnce;
    await this.refresh();
  }

  /** Those that have these words in them. */
  async search(query: string): Promise<readonly ConversationSummary[]> {
    return (await this.#shelf.search(query)).slice(0, listedAtOnce);
  }
}

/** More make the list slow and nobody reads them. */
const listedAtOnce = 200;
