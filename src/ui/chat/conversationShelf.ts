import type { Agent } from '../../core/ports.ts';
import type { Change } from '../../protocol/change.ts';
import type { ConversationSummary } from '../../protocol/chatState.ts';
import type { ConversationStore } from './chatParts.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import type { KeptSessions } from './keptSessions.ts';
import { listedNow } from './waitsIn.ts';
import { Conversation } from './conversation.ts';
import { ConversationSaver } from './conversationSaver.ts';
import { blankConversation, storedConversationSchema } from './storedConversation.ts';

export interface ShelfParts {
  readonly store: ConversationStore;
  readonly agent: () => Promise<Agent>;
  readonly elsewhere: (id: string) => Promise<boolean>;
  readonly workspace: () => string | undefined;
  readonly sessions: KeptSessions;
  readonly secrets: KnownSecrets;
  readonly changed: (conversation: Conversation, changes: readonly Change[]) => void;
  /** Another window went on with this one, so what was changed in it here is not kept. */
  readonly overtaken: (conversation: Conversation) => void;
  readonly warn: (message: string) => void;
}

/** All conversations: those in use, and those on disk. Conversations in the background go on. */
export class ConversationShelf {
  readonly #parts: ShelfParts;
  readonly #open = new Map<string, Conversation>();
  readonly #saver: ConversationSaver;
  /** Those that are being removed: they are no longer there. */
  readonly #leaving = new Set<string>();

  constructor(parts: ShelfParts) {
    this.#parts = parts;
    const { store, elsewhere, warn, overtaken } = parts;
    this.#saver = new ConversationSaver({ store, elsewhere, warn, overtaken });
  }

  blank(): Conversation {
    const blank = blankConversation(crypto.randomUUID(), Date.now(), this.#parts.workspace());
    return this.#add(new Conversation(blank, this.#partsOf()));
  }

  /** A copy of a conversation up to, and without, one of its requests. */
  branch(from: Conversation, requestId: string, newId: string): Conversation {
    const stored = from.stored();
    const at = stored.entries.findIndex(({ id }) => id === requestId);
    const conversation = { ...stored.conversation, id: newId, at: Date.now() };
    const entries = stored.entries.slice(0, Math.max(0, at));
    const title = entries.length === 0 ? '' : conversation.title;
    const copy = { ...stored, conversation: { ...conversation, title }, entries };
    const branch = this.#add(new Conversation(copy, this.#partsOf()));
    from.behind.copyFiles(branch.behind);
    return branch;
  }

  /** The conversation with this id: from memory, or from disk where another window went on with it. */
  async find(id: string): Promise<Conversation | undefined> {
    const open = this.#open.get(id);
    if (open?.content.busy === true) return open;
    const stored = storedConversationSchema.safeParse(await this.#parts.store.load(id));
    const now = this.#open.get(id);
    // Gone from the disk, or never on it; or somebody else found it meanwhile.
    if (!stored.success || this.#leaving.has(id)) return now;
    if (now !== open || now?.content.busy === true) return now;
    const stamp = stored.data.stamp ?? '';
    if (open?.elsewhere === false && this.#saver.knows(id, stamp)) return open;
    return this.#add(new Conversation(stored.data, this.#partsOf()), stamp);
  }

  opened(id: string): Conversation | undefined {
    return this.#open.get(id);
  }

  /** Those with a request under way, shown or not. */
  busy(): readonly Conversation[] {
    return [...this.#open.values()].filter(({ content }) => content.busy);
  }

  /** Newest first; those in which nothing was said are not among them. */
  async list(): Promise<readonly ConversationSummary[]> {
    const all = new Map((await this.#parts.store.list()).map((summary) => [summary.id, summary]));
    for (const { content } of this.#open.values())
      if (content.entries.length > 0) all.set(content.conversation.id, listedNow(content));
    return [...all.values()].filter(({ id }) => !this.#leaving.has(id)).sort((a, b) => b.at - a.at);
  }

  /** Those that have all words of the query in them, newest first. */
  async search(query: string): Promise<readonly ConversationSummary[]> {
    const words = query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    await this.#saver.flush();
    const found = new Set(await this.#parts.store.search(words));
    return (await this.list()).filter(({ id }) => found.has(id));
  }

  /** Takes it away at once, and what the agent keeps of it as soon as the agent no longer writes there. */
  async remove(id: string): Promise<void> {
    const open = this.#open.get(id);
    open?.stop();
    this.#open.delete(id);
    this.#saver.forget(id);
    this.#leaving.add(id);
    try {
      await this.#parts.store.remove(id);
    } finally {
      this.#leaving.delete(id);
    }
    await this.#parts.sessions.letGo(id);
    await open?.ended;
    try {
      await (await this.#parts.agent()).forget?.(id);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.warn(`The conversation is gone, but what the agent keeps of it is not: ${reason}`);
    }
  }

  /** Keeps what is not kept yet, and nothing that comes later. */
  close(): Promise<void> {
    return this.#saver.close();
  }

  #partsOf() {
    const { agent, secrets } = this.#parts;
    return { agent, secrets, newId: () => crypto.randomUUID(), now: () => Date.now() };
  }

  #add(conversation: Conversation, stamp?: string): Conversation {
    this.#open.set(conversation.id, conversation);
    if (conversation.content.conversation.keepsState === true) this.#parts.sessions.keep(conversation.id);
    conversation.onDidChange((changes) => this.#parts.changed(conversation, changes));
    this.#saver.follow(conversation, stamp);
    return conversation;
  }
}
