import type { Database } from './database.ts';

/** One step a version, applied in order and never changed after a release. */
const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE runs (
      run_id TEXT PRIMARY KEY,
      at INTEGER NOT NULL,
      owner INTEGER,
      origin TEXT NOT NULL,
      language TEXT NOT NULL,
      title TEXT NOT NULL,
      purpose TEXT NOT NULL,
      verdict TEXT NOT NULL,
      status TEXT NOT NULL,
      wall_ms REAL NOT NULL,
      record TEXT NOT NULL
    ) STRICT`,
    'CREATE INDEX runs_by_time ON runs (at DESC)',
    'CREATE INDEX runs_by_status ON runs (status, at DESC)',
    `CREATE VIRTUAL TABLE run_text USING fts5 (run_id UNINDEXED, title, purpose, code, output, tokenize = "unicode61 tokenchars '_'")`,
  ],
  // A run's text is found by the run's number: by its id all texts would have to be read.
  [
    `CREATE TABLE numbered_runs (
      id INTEGER PRIMARY KEY,
      run_id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      owner INTEGER,
      origin TEXT NOT NULL,
      language TEXT NOT NULL,
      title TEXT NOT NULL,
      purpose TEXT NOT NULL,
      verdict TEXT NOT NULL,
      status TEXT NOT NULL,
      wall_ms REAL NOT NULL,
      record TEXT NOT NULL
    ) STRICT`,
    `INSERT INTO numbered_runs
      SELECT rowid, run_id, at, owner, origin, language, title, purpose, verdict, status, wall_ms, record FROM runs`,
    `CREATE VIRTUAL TABLE numbered_text USING fts5 (title, purpose, code, output, tokenize = "unicode61 tokenchars '_'")`,
    `INSERT INTO numbered_text (rowid, title, purpose, code, output)
      SELECT runs.rowid, run_text.title, run_text.purpose, run_text.code, run_text.output
      FROM run_text JOIN runs USING (run_id)`,
    'DROP TABLE run_text',
    'DROP TABLE runs',
    'ALTER TABLE numbered_runs RENAME TO runs',
    'ALTER TABLE numbered_text RENAME TO run_text',
    'CREATE INDEX runs_by_time ON runs (at DESC)',
    'CREATE INDEX runs_by_status ON runs (status, at DESC)',
  ],
  // What was rejected is found as that, not as what its result is called.
  [
    `UPDATE runs SET status = 'rejected'
      WHERE CASE WHEN json_valid(record) THEN json_extract(record, '$.decision.kind') END = 'reject'`,
  ],
];

/** Brings the database to the newest version; two windows that start at once do it once. */
export function migrate(database: Database): void {
  database.run('CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT');
  database.transaction(() => {
    const row = database.get('SELECT max(version) AS version FROM schema_version');
    const done = typeof row?.['version'] === 'number' ? row['version'] : 0;
    migrations.slice(done).forEach((steps, index) => {
      for (const step of steps) database.run(step);
      database.run('INSERT INTO schema_version VALUES (?)', done + index + 1);
    });
  });
}
