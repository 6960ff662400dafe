import { rm } from 'node:fs/promises';
import { Emitter } from '../core/lifecycle.ts';
import { isAlive } from '../core/isAlive.ts';
import type { History, HistoryQuery, RunSummary } from '../core/ports.ts';
import { endingOf, type RunRecord } from '../core/record.ts';
import type { Origin } from '../core/proposal.ts';
import { emptyResult } from '../core/run.ts';
import { backendOf } from '../core/selfTest.ts';
import { artifactsOf, withOwnArtifacts } from './ownArtifacts.ts';
import { openDatabase, type Database, type SqlRow, type SqlValue } from './database.ts';
import { ftsQuery } from './ftsQuery.ts';
import { parseRecord } from './recordJson.ts';
import { migrate } from './schema.ts';

export interface HistoryParts {
  /** Database file, or `:memory:`. */
  readonly file: string;
  /** Where the artifacts of run `id` are kept: `<artifacts>/<id>/`. */
  readonly artifacts: string;
}

/** Opens (and if need be makes) the execution history. Several windows may share one file. */
export async function openHistory(parts: HistoryParts): Promise<History> {
  const database = await openDatabase(parts.file);
  try {
    migrate(database);
    closeAbandoned(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const changed = new Emitter<string>();
  return {
    onDidChange: changed.on,
    async save(record) {
      database.transaction(() => write(database, record));
      changed.fire(record.runId);
    },
    list: async (query) => list(database, query),
    async get(runId) {
      const row = database.get('SELECT record FROM runs WHERE run_id = ?', runId);
      const record = typeof row?.['record'] === 'string' ? parseRecord(row['record']) : undefined;
      return record === undefined ? undefined : withOwnArtifacts(record, parts.artifacts);
    },
    async remove(runId) {
      const row = database.get('SELECT id FROM runs WHERE run_id = ?', runId);
      if (row === undefined) return;
      database.transaction(() => {
        database.run('DELETE FROM runs WHERE id = ?', row['id'] ?? null);
        database.run('DELETE FROM run_text WHERE rowid = ?', row['id'] ?? null);
      });
      const folder = artifactsOf(parts.artifacts, runId);
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
      changed.fire(runId);
    },
    async close() {
      changed.dispose();
      database.close();
    },
  };
}

function write(database: Database, record: RunRecord): void {
  const { result } = record;
  const owner = result === undefined ? process.pid : null;
  const columns = 'run_id, at, owner, origin, language, title, purpose, verdict, status, wall_ms, record';
  const renewed = columns
    .split(', ')
    .slice(1)
    .map((column) => `${column} = excluded.${column}`);
  const row = database.get(
    `INSERT INTO runs (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (run_id) DO UPDATE SET ${renewed.join(', ')} RETURNING id`,
    ...[record.runId, record.at, owner, record.origin, record.language, record.title, record.purpose],
    ...[record.report.verdict, endingOf(record), result?.metrics.wallMs ?? 0, JSON.stringify(record)],
  );
  const id = row?.['id'] ?? null;
  database.run('DELETE FROM run_text WHERE rowid = ?', id);
  const output = result === undefined ? '' : `${result.stdout}\n${result.stderr}`;
  database.run(
    'INSERT INTO run_text (rowid, title, purpose, code, output) VALUES (?, ?, ?, ?, ?)',
    ...[id, record.title, record.purpose, record.code, output],
  );
}

function list(database: Database, query: HistoryQuery): RunSummary[] {
  const where: string[] = [];
  const values: SqlValue[] = [];
  const text = query.text === undefined || query.text.trim() === '' ? undefined : query.text;
  if (text !== undefined) {
    const words = ftsQuery(text);
    if (words === undefined) return [];
    where.push('id IN (SELECT rowid FROM run_text WHERE run_text MATCH ?)');
    values.push(words);
  }
  if (query.status !== undefined) {
    where.push('status = ?');
    values.push(query.status);
  }
  const filter = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  const rows = database.all(
    `SELECT run_id, at, title, purpose, language, origin, verdict, status, wall_ms FROM runs ${filter}
     ORDER BY at DESC, id DESC LIMIT ? OFFSET ?`,
    ...values,
    query.limit,
    query.offset ?? 0,
  );
  return rows.map(summary);
}

function summary(row: SqlRow): RunSummary {
  return {
    runId: String(row['run_id']),
    at: Number(row['at']),
    title: String(row['title']),
    purpose: String(row['purpose']),
    language: row['language'] as RunSummary['language'],
    origin: row['origin'] as RunSummary['origin'],
    verdict: row['verdict'] as RunSummary['verdict'],
    status: row['status'] as RunSummary['status'],
    wallMs: Number(row['wall_ms']),
  };
}

/** A run whose process died can't end any more: say so instead of showing it as running for ever. */
export function closeAbandoned(database: Database): void {
  const rows = database.all("SELECT owner, record FROM runs WHERE status = 'running'");
  const still = "SELECT 1 FROM runs WHERE run_id = ? AND status = 'running'";
  for (const row of rows) {
    const record = parseRecord(String(row['record']));
    if (record === undefined || isAlive(Number(row['owner']))) continue;
    const backend = backendOf(record.sandbox ?? 'docker');
    const sandbox = { backend, runtime: '', image: '', digest: '' };
    const message = `${whoEnded(record.origin)} while this ran; the sandbox was removed.`;
    database.transaction(() => {
      // It may have ended, and been kept with its result, since it was read.
      if (database.get(still, record.runId) === undefined) return;
      write(database, { ...record, result: emptyResult(record.runId, 'cancelled', sandbox, message) });
    });
  }
}

function whoEnded(origin: Origin): string {
  return origin === 'terminal' || origin === 'mcp' ? 'The terminal command ended' : 'The window closed';
}
