import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { isAlive } from '../../core/isAlive.ts';
import type { OpenTurns } from '../../core/ports.ts';
import { openCheckpointDatabase } from './checkpointDatabase.ts';

const rowShape = z.object({ token: z.string(), pid: z.number(), seen: z.number() });

/** An owner says this often that it is still there. */
const renewMs = 20_000;
/** After this silence a living process is another one that got the number of an owner that is gone. */
const goneMs = 120_000;

export interface TurnOwnerParts {
  readonly now?: () => number;
  readonly isAlive?: (pid: number) => boolean;
}

/**
 * Which window has a turn under way in which conversation, in the file that all windows share. Two that
 * went on with one turn would each run what a person approved once.
 */
export class TurnOwners implements OpenTurns {
  readonly #database: DatabaseSync;
  readonly #token = randomUUID();
  readonly #mine = new Set<string>();
  readonly #now: () => number;
  readonly #isAlive: (pid: number) => boolean;
  #renewing: NodeJS.Timeout | undefined;

  constructor(file: string, parts: TurnOwnerParts = {}) {
    this.#now = parts.now ?? Date.now;
    this.#isAlive = parts.isAlive ?? isAlive;
    this.#database = openCheckpointDatabase(file);
    this.#database.exec(
      'CREATE TABLE IF NOT EXISTS turns (thread_id TEXT PRIMARY KEY, token TEXT NOT NULL, pid INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT',
    );
  }

  take(threadId: string): boolean {
    // One window at a time from the look to the writing.
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const free = !this.elsewhere(threadId);
      if (free)
        this.#database
          .prepare('INSERT OR REPLACE INTO turns VALUES (?, ?, ?, ?)')
          .run(threadId, this.#token, process.pid, this.#now());
      this.#database.exec('COMMIT');
      if (free) this.#hold(threadId);
      return free;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
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
    if (found === undefined) return false;
    const owner = rowShape.parse(found);
    if (owner.token === this.#token) return false;
    return this.#now() - owner.seen < goneMs && this.#isAlive(owner.pid);
  }

  /** Lets go of all that this window has; what waits in them can be gone on with by another. */
  close(): void {
    for (const threadId of [...this.#mine]) this.letGo(threadId);
    this.#stopRenewing();
    if (this.#database.isOpen) this.#database.close();
  }

  #hold(threadId: string): void {
    this.#mine.add(threadId);
    if (this.#renewing !== undefined) return;
    const renew = (): void => {
      try {
        this.#database.prepare('UPDATE turns SET seen = ? WHERE token = ?').run(this.#now(), this.#token);
      } catch {
        // Held by another window for long; the next time comes before this one counts as gone.
      }
    };
    this.#renewing = setInterval(renew, renewMs).unref();
  }

  #stopRenewing(): void {
    clearInterval(this.#renewing);
    this.#renewing = undefined;
  }
}
