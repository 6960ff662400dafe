import type { Agent } from '../../core/ports.ts';
import type { Change } from '../../protocol/change.ts';
import type { ConversationSummary } from '../../protocol/chatState.ts';
import type { ConversationStore } from './chatParts.ts';
import type { KnownSecrets } from '../output/screenText.ts';
import type { KeptSessions } from './keptSessions.ts';
import { listed } from './waitsIn.ts';
import { Conversation } from './conversation.ts';
import { blankConversation, storedConversationSchema } from './storedConversation.ts';

export interface ShelfParts {
  readonly store: ConversationStore;
  readonly agent: () => Promise<Agent>;
  readonly elsewhere: (id: string) => Promise<boolean>;
  readonly workspace: () => string | undefined;
  readonly sessions: KeptSessions;
  readonly secrets: KnownSecrets;
  readonly changed: (conversation: Conversation, changes: readonly Change[]) => void;
  readonly warn: (message: string) => void;
}

/** Changes are kept at once when something was decided or ended, and else after this time. */
const saveMs = 1000;

/** All conversations: those in use, and those on disk. Conversations in the background go on. */
export class ConversationShelf {
  readonly #parts: ShelfParts;
  readonly #open = new Map<string, Conversation>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #saving = new Set<Promise<void>>();
  #warned = false;
  #closed = false;

  constructor(parts: ShelfParts) {
    this.#parts = parts;
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
    if (!stored.success || now !== open) return now;
    const later = stored.data.conversation.at > (open?.content.conversation.at ?? -1);
    if (open !== undefined && !open.elsewhere && !later) return open;
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    return this.#add(new Conversation(stored.data, this.#partsOf()));
  }

  opened(id: string): Conversation | undefined {
    return this.#open.get(id);
  }

  /** Newest first; those in which nothing was said are not among them. */
  async list(): Promise<readonly ConversationSummary[]> {
    const all = new Map((await this.#parts.store.list()).map((summary) => [summary.id, summary]));
    for (const { content } of this.#open.values())
      if (content.entries.length > 0) all.set(content.conversation.id, listed(content));
    return [...all.values()].sort((a, b) => b.at - a.at);
  }

  /** Those that have all words of the query in them, newest first. */
  async search(query: string): Promise<readonly ConversationSummary[]> {
    const words = query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    for (const id of [...this.#timers.keys()]) this.#keep(id);
    await Promise.all(this.#saving);
    const found = new Set(await this.#parts.store.search(words));
    return (await this.list()).filter(({ id }) => found.has(id));
  }

  async remove(id: string): Promise<void> {
    this.#open.get(id)?.stop();
    this.#open.delete(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    await this.#parts.store.remove(id);
    await this.#parts.sessions.letGo(id);
    try {
      await (await this.#parts.agent()).forget?.(id);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.warn(`The conversation is gone, but what the agent keeps of it is not: ${reason}`);
    }
  }

  /**
   * Keeps what is not kept yet, and nothing that comes later: a decision that is open when the window
   * closes has to be open when it comes back.
   */
  async close(): Promise<void> {
    this.#closed = true;
    const late = [...this.#timers.keys()];
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const id of late) this.#keep(id);
    await Promise.all(this.#saving);
  }

  #partsOf() {
    const { agent, secrets } = this.#parts;
    return { agent, secrets, newId: () => crypto.randomUUID(), now: () => Date.now() };
  }

  #add(conversation: Conversation): Conversation {
    this.#open.set(conversation.id, conversation);
    if (conversation.content.conversation.keepsState === true) this.#parts.sessions.keep(conversation.id);
    conversation.onDidChange((changes) => {
      this.#parts.changed(conversation, changes);
      if (this.#closed) return;
      const urgent = changes.some(({ kind }) => kind === 'entry' || kind === 'busy');
      const timer = this.#timers.get(conversation.id);
      if (timer !== undefined && !urgent) return;
      clearTimeout(timer);
      const save = (): void => {
        this.#timers.delete(conversation.id);
        this.#keep(conversation.id);
      };
      this.#timers.set(conversation.id, setTimeout(save, urgent ? 50 : saveMs));
    });
    return conversation;
  }

  #keep(id: string): void {
    const saving = this.#save(id).finally(() => this.#saving.delete(saving));
    this.#saving.add(saving);
  }

  async #save(id: string): Promise<void> {
    const conversation = this.#open.get(id);
    if (conversation === undefined || conversation.content.entries.length === 0) return;
    // It is the other window that knows how it went on.
    if (conversation.elsewhere) return;
    const stored = { ...conversation.stored(), conversation: listed(conversation.content) };
    try {
      if (!conversation.content.busy && (await this.#parts.elsewhere(id))) return;
      await this.#parts.store.save(stored.conversation, stored);
    } catch (error) {
      if (this.#warned) return;
      this.#warned = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.warn(`Glovebox cannot keep conversations: ${reason}`);
    }
  }
}
