import { openCheckpointDatabase } from './checkpointDatabase.ts';
import { SqliteCheckpoints } from './sqliteCheckpoints.ts';

/** The conversations of one file; to be closed by who opened them. */
export function openCheckpoints(file: string): SqliteCheckpoints {
  return new SqliteCheckpoints(openCheckpointDatabase(file));
}
