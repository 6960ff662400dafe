import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { GloveboxError } from '../../core/errors.ts';

const schema = `
CREATE TABLE IF NOT EXISTS checkpoints (
  thread_id TEXT NOT NULL,
  namespace TEXT NOT NULL,
  checkpoint_id TEXT NOT NULL,
  parent_id TEXT,
  type TEXT NOT NULL,
  checkpoint BLOB NOT NULL,
  metadata_type TEXT NOT NULL,
  metadata BLOB NOT NULL,
  PRIMARY KEY (thread_id, namespace, checkpoint_id)
) STRICT;
CREATE TABLE IF NOT EXISTS channel_values (
  thread_id TEXT NOT NULL,
  namespace TEXT NOT NULL,
  channel TEXT NOT NULL,
  version TEXT NOT NULL,
  type TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (thread_id, namespace, channel, version)
) STRICT;
CREATE TABLE IF NOT EXISTS writes (
  thread_id TEXT NOT NULL,
  namespace TEXT NOT NULL,
  checkpoint_id TEXT NOT NULL,
  task_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  task_path TEXT NOT NULL,
  channel TEXT NOT NULL,
  type TEXT NOT NULL,
  value BLOB NOT NULL,
  PRIMARY KEY (thread_id, namespace, checkpoint_id, task_id, idx)
) STRICT;
PRAGMA user_version = 1;
`;

/**
 * Opens (or makes) the file in which conversations are kept; `:memory:` for tests. It holds what
 * people said, so nobody else on the machine may read it.
 *
 * @throws GloveboxError `storage` where the file can't be opened.
 */
export function openCheckpointDatabase(file: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (file !== ':memory:') mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    database = new DatabaseSync(file);
    if (file !== ':memory:') chmodSync(file, 0o600);
    // First of all the patience: another window may hold the file while this one turns to it.
    database.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    database.exec(schema);
    return database;
  } catch (cause) {
    database?.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new GloveboxError(
      'storage',
      `What the agent remembers of the conversations, at ${file}, can't be opened (${why}). Check that the folder can be written, or move the file away: the chat goes on showing all that was said, and the agent's memory of it starts anew.`,
      { cause },
    );
  }
}
