import type { Session } from './session.ts';

/** Said to the person when a session begins anew. */
export const lostState =
  'The sandbox of this conversation had ended, or was made for other settings, so variables and files of earlier runs are gone.';

/** The sessions of this process by id; at most one sandbox for each, shared with nobody. */
export class Sessions {
  readonly #open = new Map<string, Promise<Session>>();
  readonly #lost = new Set<string>();

  /** The session of that id, opened now if there is none that lives and was made for the same. */
  async get(id: string, madeFor: string, open: () => Promise<Session>): Promise<Session> {
    for (;;) {
      const asked = this.#open.get(id);
      const known = await this.find(id);
      if (known === undefined) break;
      if (known.madeFor === madeFor) return known;
      this.#lost.add(id);
      await known.closeAfterwards();
      // Until then Interrupt and Restart reach it; whoever waited too may have opened another one meanwhile.
      if (this.#open.get(id) === asked) this.#open.delete(id);
    }
    const opening = this.#open.get(id) ?? open();
    this.#open.set(id, opening);
    try {
      const session = await opening;
      return session.madeFor === madeFor ? session : await this.get(id, madeFor, open);
    } catch (error) {
      if (this.#open.get(id) === opening) this.#open.delete(id);
      throw error;
    }
  }

  /** The session of that id if it lives. */
  async find(id: string): Promise<Session | undefined> {
    const opening = this.#open.get(id);
    const session = await opening?.catch(() => undefined);
    if (session?.alive === true) return session;
    if (session !== undefined && this.#open.get(id) === opening) {
      this.#open.delete(id);
      this.#lost.add(id);
    }
    return undefined;
  }

  /** Whether an earlier sandbox of this session went away with its state; asked once. */
  takeLoss(id: string): boolean {
    return this.#lost.delete(id);
  }

  /** Interrupts what the session runs; false where it runs nothing, or is not there. */
  async interrupt(id: string): Promise<boolean> {
    return (await this.find(id))?.interrupt() ?? false;
  }

  /** Ends the session; its next run starts with nothing. */
  async close(id: string): Promise<void> {
    const session = await this.find(id);
    this.#open.delete(id);
    this.#lost.delete(id);
    await session?.close();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map(async (id) => this.close(id)));
  }
}
