/** What a session is told, in the sandbox that has it. */
export interface SessionDoor {
  interruptSession?(sessionId: string): Promise<boolean>;
  closeSession?(sessionId: string): Promise<void>;
}

/** The conversations whose runs share one sandbox that keeps its state, because the person said so. */
export class KeptSessions {
  readonly #kept = new Set<string>();
  readonly #door: () => Promise<SessionDoor>;

  constructor(door: () => Promise<SessionDoor>) {
    this.#door = door;
  }

  /** The session of a conversation; undefined where each run starts afresh. */
  readonly sessionOf = (threadId: string): string | undefined =>
    this.#kept.has(threadId) ? sessionId(threadId) : undefined;

  keep(threadId: string): void {
    this.#kept.add(threadId);
  }

  /** From now on each run starts afresh; what was kept goes. */
  async letGo(threadId: string): Promise<void> {
    if (this.#kept.delete(threadId)) await this.restart(threadId);
  }

  /** The next run finds nothing of the earlier ones. */
  async restart(threadId: string): Promise<void> {
    await (await this.#door()).closeSession?.(sessionId(threadId));
  }

  /** Ends what runs and keeps the state; false where that can't be done. */
  async interrupt(threadId: string): Promise<boolean> {
    return (await (await this.#door()).interruptSession?.(sessionId(threadId))) ?? false;
  }
}

const sessionId = (threadId: string): string => `conversation-${threadId}`;
