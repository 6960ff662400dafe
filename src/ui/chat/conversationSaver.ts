import type { ConversationStore } from './chatParts.ts';
import type { Conversation } from './conversation.ts';
import { listed } from './waitsIn.ts';

/** Where conversations are kept, and who else may write there. */
export interface SaverParts {
  readonly store: ConversationStore;
  readonly elsewhere: (id: string) => Promise<boolean>;
  /** Another window wrote the conversation since it was read here, so it is not written from here. */
  readonly overtaken: (conversation: Conversation) => void;
  readonly warn: (message: string) => void;
}

interface Followed {
  readonly conversation: Conversation;
  /** Of the file that it was read from; undefined where it began here. */
  readonly stamp: string | undefined;
}

/** Changes are kept at once when something was decided or ended, and else after this time. */
const saveMs = 1000;

/** Keeps conversations on disk as they change, unless another window went on with them. */
export class ConversationSaver {
  readonly #parts: SaverParts;
  readonly #followed = new Map<string, Followed>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #saving = new Set<Promise<void>>();
  /** Begins each stamp of this window. */
  readonly #window = crypto.randomUUID();
  #stamps = 0;
  #warned = false;
  #closed = false;

  constructor(parts: SaverParts) {
    this.#parts = parts;
  }

  /** Keeps what becomes of a conversation from now on, and no longer of an older view of it. */
  follow(conversation: Conversation, stamp?: string): void {
    const { id } = conversation;
    const followed = { conversation, stamp };
    this.forget(id);
    this.#followed.set(id, followed);
    conversation.onDidChange((changes) => {
      if (this.#closed || this.#followed.get(id) !== followed) return;
      const urgent = changes.some(({ kind }) => kind === 'entry' || kind === 'busy');
      const timer = this.#timers.get(id);
      if (timer !== undefined && !urgent) return;
      clearTimeout(timer);
      const save = (): void => {
        this.#timers.delete(id);
        this.#keep(id);
      };
      this.#timers.set(id, setTimeout(save, urgent ? 50 : saveMs));
    });
  }

  /** Nothing more is kept of it. */
  forget(id: string): void {
    this.#followed.delete(id);
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Whether a file with this stamp is the one that was read here, or was written by this window. */
  knows(id: string, stamp: string): boolean {
    return stamp.startsWith(this.#window) || stamp === this.#followed.get(id)?.stamp;
  }

  /** Keeps at once what is not kept yet. */
  async flush(): Promise<void> {
    const late = [...this.#timers.keys()];
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    for (const id of late) this.#keep(id);
    await Promise.all(this.#saving);
  }

  /**
   * Keeps what is not kept yet, and nothing that comes later: a decision that is open when the window
   * closes has to be open when it comes back.
   */
  close(): Promise<void> {
    this.#closed = true;
    return this.flush();
  }

  #keep(id: string): void {
    const saving = this.#save(id).finally(() => this.#saving.delete(saving));
    this.#saving.add(saving);
  }

  async #save(id: string): Promise<void> {
    const followed = this.#followed.get(id);
    const conversation = followed?.conversation;
    if (conversation === undefined || conversation.content.entries.length === 0) return;
    // It is the other window that knows how it went on.
    if (conversation.elsewhere) return;
    try {
      // Whose turn it is writes in any case.
      if (!conversation.content.busy) {
        if (await this.#parts.elsewhere(id)) return;
        const stamp = await this.#parts.store.stamp(id);
        if (stamp !== undefined && !this.knows(id, stamp)) {
          if (!this.#closed) this.#parts.overtaken(conversation);
          return;
        }
      }
      // Removed, or read anew, in the meantime.
      if (this.#followed.get(id) !== followed) return;
      this.#stamps += 1;
      const stored = { ...conversation.stored(), conversation: listed(conversation.content) };
      const stamp = `${this.#window} ${this.#stamps}`;
      await this.#parts.store.save(stored.conversation, { ...stored, stamp });
    } catch (error) {
      if (this.#warned) return;
      this.#warned = true;
      const reason = error instanceof Error ? error.message : String(error);
      this.#parts.warn(`Glovebox cannot keep conversations: ${reason}`);
    }
  }
}
