import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { isAlive } from '../../core/isAlive.ts';
import type { OpenTurns } from '../../core/ports.ts';
import { openCheckpointDatabase } from './checkpointDatabase.ts';

const rowShape = z.object({ token: z.string(), pid: z.number(), seen: z.number() });
type Row = z.infer<typeof rowShape>;

/** An owner says this often that it is still there. */
const renewMs = 20_000;
/**
 * After this silence a living process is another one that got the number of an owner that is gone. It is
 * listened to here, not told by the time that was written: while the machine sleeps, nobody can renew.
 */
const goneMs = 3 * renewMs;

export interface TurnOwnerParts {
  readonly now?: () => number;
  /** A clock that goes as timers do, so not while the machine sleeps, and that nobody sets. */
  readonly steady?: () => number;
  readonly isAlive?: (pid: number) => boolean;
}

/** What an owner last said, and since when this window has heard nothing newer. */
interface Silence {
  readonly owner: Row;
  readonly since: number;
}

/**
 * Which window has a turn under way in which conversation, in the file that all windows share. Two that
 * went on with one turn would each run what a person approved once.
 */
export class TurnOwners implements OpenTurns {
  readonly #database: DatabaseSync;
  readonly #token = randomUUID();
  /** The conversations of this window, each with what is to be done once it is lost. */
  readonly #mine = new Map<string, () => void>();
  readonly #silences = new Map<string, Silence>();
  readonly #now: () => number;
  readonly #steady: () => number;
  readonly #isAlive: (pid: number) => boolean;
  #renewing: NodeJS.Timeout | undefined;

  constructor(file: string, parts: TurnOwnerParts = {}) {
    this.#now = parts.now ?? Date.now;
    this.#steady = parts.steady ?? (() => performance.now());
    this.#isAlive = parts.isAlive ?? isAlive;
    this.#database = openCheckpointDatabase(file);
    this.#database.exec(
      'CREATE TABLE IF NOT EXISTS turns (thread_id TEXT PRIMARY KEY, token TEXT NOT NULL, pid INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT',
    );
  }

  take(threadId: string, lost: () => void): boolean {
    // One window at a time from the look to the writing.
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const free = !this.elsewhere(threadId);
      if (free)
        this.#database
          .prepare('INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?)')
          .run(threadId, this.#token, process.pid, this.#now());
      this.#database.exec('COMMIT');
      if (free) this.#hold(threadId, lost);
      return free;
    } catch (error) {
      // A full disk has done it already, and is what there is to tell.
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  keep(threadId: string): void {
    const lost = this.#mine.get(threadId);
    if (lost === undefined) return;
    const { changes } = this.#database
      .prepare('UPDATE turns SET seen = ? WHERE thread_id = ? AND token = ?')
      .run(this.#now(), threadId, this.#token);
    if (changes !== 0) return;
    this.letGo(threadId);
    lost();
  }

  letGo(threadId: string): void {
    this.#mine.delete(threadId);
    if (this.#mine.size === 0) this.#stopRenewing();
    if (!this.#database.isOpen) return;
    try {
      this.#database
        .prepare('DELETE FROM turns WHERE thread_id = ? AND token = ?')
        .run(threadId, this.#token);
    } catch {
      // Held by another window for long; without its owner's word this one counts as gone soon.
    }
  }

  elsewhere(threadId: string): boolean {
    const found = this.#database
      .prepare('SELECT token, pid, seen FROM turns WHERE thread_id = ?')
      .get(threadId);
    const owner = found === undefined ? undefined : rowShape.parse(found);
    if (owner !== undefined && owner.token !== this.#token && this.#isAlive(owner.pid))
      return this.#silentMs(threadId, owner) < goneMs;
    this.#silences.delete(threadId);
    return false;
  }

  /** Lets go of all that this window has; what waits in them can be gone on with by another. */
  close(): void {
    for (const threadId of [...this.#mine.keys()]) this.letGo(threadId);
    this.#stopRenewing();
    if (this.#database.isOpen) this.#database.close();
  }

  /** How long this window has been looking without hearing anything of an owner. */
  #silentMs(threadId: string, owner: Row): number {
    const known = this.#silences.get(threadId);
    const now = this.#steady();
    if (known?.owner.token === owner.token && known.owner.seen === owner.seen) return now - known.since;
    this.#silences.set(threadId, { owner, since: now });
    return 0;
  }

  #hold(threadId: string, lost: () => void): void {
    this.#mine.set(threadId, lost);
    this.#renewing ??= setInterval(() => this.#renew(), renewMs).unref();
  }

  #renew(): void {
    for (const threadId of [...this.#mine.keys()])
      try {
        this.keep(threadId);
      } catch {
        // Held by another window for long; the next time comes before this one counts as gone.
      }
  }

  #stopRenewing(): void {
    clearInterval(this.#renewing);
    this.#renewing = undefined;
  }
}
