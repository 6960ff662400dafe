import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import os from 'node:os';
import path from 'node:path';
import { openHistory } from '../../../src/history/historyStore.ts';
import { someRecord, someResult } from '../../support/records.ts';

/** As the first version made it. */
const firstSchema = `
CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT;
INSERT INTO schema_version VALUES (1);
CREATE TABLE runs (
  run_id TEXT PRIMARY KEY, at INTEGER NOT NULL, owner INTEGER, origin TEXT NOT NULL, language TEXT NOT NULL,
  title TEXT NOT NULL, purpose TEXT NOT NULL, verdict TEXT NOT NULL, status TEXT NOT NULL, wall_ms REAL NOT NULL,
  record TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_time ON runs (at DESC);
CREATE INDEX runs_by_status ON runs (status, at DESC);
CREATE VIRTUAL TABLE run_text USING fts5 (run_id UNINDEXED, title, purpose, code, output, tokenize = "unicode61 tokenchars '_'");
`;

describe('a history that is there already', () => {
  let folder = '';
  const file = () => path.join(folder, 'history.db');
  const artifacts = () => path.join(folder, 'artifacts');
  const open = () => openHistory({ file: file(), artifacts: artifacts() });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-history-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('of the first version is brought along with all that was in it', async () => {
    const old = new DatabaseSync(file());
    old.exec(firstSchema);
    for (const [at, word] of ['ham', 'jam'].entries()) {
      const record = someRecord({
        runId: word,
        at,
        code: `print("${word}")`,
        result: someResult({ runId: word }),
      });
      old
        .prepare("INSERT INTO runs VALUES (?, ?, NULL, 'agent', 'python', 't', 'p', 'allow', 'ok', 1, ?)")
        .run(word, at, JSON.stringify(record));
      old.prepare("INSERT INTO run_text VALUES (?, 't', 'p', ?, 'out')").run(word, record.code);
    }
    old.exec(`UPDATE runs SET status = 'cancelled', record = json_set(record, '$.decision', json('{"kind":"reject"}'))
      WHERE run_id = 'jam'`);
    old.exec(
      "INSERT INTO runs SELECT 'torn', -1, NULL, origin, language, title, purpose, verdict, status, 1, '{' FROM runs LIMIT 1",
    );
    old.exec("INSERT INTO run_text VALUES ('torn', 't', 'p', '', '')");
    old.close();
    const history = await open();
    assert.deepEqual(
      (await history.list({ limit: 9 })).map(({ runId, status }) => `${runId} ${status}`),
      ['jam rejected', 'ham ok', 'torn ok'],
    );
    await history.remove('torn');
    assert.deepEqual(
      (await history.list({ text: 'ham', limit: 9 })).map(({ runId }) => runId),
      ['ham'],
    );
    await history.save(someRecord({ runId: 'ham', code: 'print("eggs")' }));
    assert.equal((await history.list({ text: 'ham', limit: 9 })).length, 0);
    await history.remove('jam');
    assert.equal((await history.list({ limit: 9 })).length, 1);
    await history.close();
  });

  it('finds the text of a run by its number, and reads no other', async () => {
    await (await open()).close();
    const database = new DatabaseSync(file());
    const [plan] = database.prepare('EXPLAIN QUERY PLAN DELETE FROM run_text WHERE rowid = 1').all();
    assert.match(String(plan?.['detail']), /VIRTUAL TABLE INDEX 0:=/);
    database.close();
  });

  it('that another process holds for a moment is waited for', async () => {
    await (await open()).close();
    const script = `
      const { DatabaseSync } = require('node:sqlite');
      const database = new DatabaseSync(process.argv[1]);
      database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
      console.log('held');
      process.stdin.once('data', () => setTimeout(() => process.exit(), 300));`;
    const holder = spawn(process.execPath, ['-e', script, file()], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    holder.stdin.end('go');
    const history = await open();
    await history.save(someRecord());
    await history.close();
    if (holder.exitCode === null) await once(holder, 'close');
  });

  it('that somebody changed leads to no file outside of the artifacts of its runs', async () => {
    const elsewhere = path.join(folder, 'elsewhere.txt');
    await writeFile(elsewhere, 'mine');
    await mkdir(path.join(artifacts(), 'run-1'), { recursive: true });
    const at = (file: string) => ({ name: 'a.txt', mime: 'text/plain', bytes: 4, path: file });
    const own = at(path.join(artifacts(), 'run-1', 'a.txt'));
    const paths = [own, at(elsewhere), at(path.join(artifacts(), 'run-1', '..', '..', 'elsewhere.txt'))];
    const history = await open();
    const outputs = [
      { stream: 'stdout' as const, path: path.join(artifacts(), 'run-1', 'stdout.txt') },
      { stream: 'stderr' as const, path: elsewhere },
    ];
    const result = someResult({ artifacts: paths, fullOutput: outputs });
    await history.save(someRecord({ runId: 'run-1', result }));
    const read = await history.get('run-1');
    assert.deepEqual(read?.result?.artifacts, [own]);
    assert.deepEqual(read?.result?.fullOutput, outputs.slice(0, 1));
    for (const runId of ['..', '.', '', 'x/..', '..\\..']) {
      await history.save(someRecord({ runId, result: someResult({ runId }) }));
      await history.remove(runId);
    }
    await access(elsewhere);
    await access(path.join(artifacts(), 'run-1'));
    assert.equal((await history.list({ limit: 9 })).length, 1);
    await history.close();
  });
});
