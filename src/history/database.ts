import type * as Sqlite from 'node:sqlite';
import { GloveboxError } from '../core/errors.ts';
import { sqliteMissing } from './sqlite.ts';

/** What a statement takes and gives: the types that every SQLite driver has. */
export type SqlValue = string | number | null | Uint8Array;
export type SqlRow = Record<string, SqlValue>;

/** The little of SQL that Glovebox needs, so that the driver can be swapped in this one file. */
export interface Database {
  run(sql: string, ...values: SqlValue[]): void;
  all(sql: string, ...values: SqlValue[]): SqlRow[];
  get(sql: string, ...values: SqlValue[]): SqlRow | undefined;
  /** All of `work` or nothing; other windows wait meanwhile. */
  transaction(work: () => void): void;
  close(): void;
}

/**
 * Opens the database file (or `:memory:`) with Node's own SQLite.
 *
 * @throws GloveboxError `storage` where this Node has no SQLite or the file can't be opened.
 */
export async function openDatabase(
  file: string,
  load: () => Promise<typeof Sqlite> = () => import('node:sqlite'),
): Promise<Database> {
  const sqlite = await loaded(load);
  let opened: InstanceType<typeof sqlite.DatabaseSync> | undefined;
  try {
    opened = new sqlite.DatabaseSync(file);
    // First of all the patience: another window may hold the file while this one turns to it.
    opened.exec('PRAGMA busy_timeout = 5000');
    opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  } catch (cause) {
    opened?.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GloveboxError(
      'storage',
      `The execution history at ${file} can't be opened (${why}). Check that the folder can be written, or move the file away to start a new one.`,
      { cause },
    );
  }
  const database = opened;
  const prepared = new Map<string, ReturnType<typeof database.prepare>>();
  const statement = (sql: string) => {
    let found = prepared.get(sql);
    if (found === undefined) prepared.set(sql, (found = database.prepare(sql)));
    return found;
  };
  return {
    run: (sql, ...values) => void statement(sql).run(...values),
    all: (sql, ...values) => statement(sql).all(...values) as SqlRow[],
    get: (sql, ...values) => statement(sql).get(...values) as SqlRow | undefined,
    transaction(work) {
      database.exec('BEGIN IMMEDIATE');
      try {
        work();
        database.exec('COMMIT');
      } catch (error) {
        // A full disk has done it already, and is what there is to tell.
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    close() {
      prepared.clear();
      database.close();
    },
  };
}

async function loaded(load: () => Promise<typeof Sqlite>): Promise<typeof Sqlite> {
  try {
    return await load();
  } catch (cause) {
    const why = sqliteMissing() ?? `Node's built-in SQLite can't be loaded (${String(cause)}).`;
    throw new GloveboxError('storage', why, { cause });
  }
}
