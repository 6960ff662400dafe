import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../../src/core/errors.ts';
import type { History } from '../../../src/core/ports.ts';
import type { Ending } from '../../../src/core/record.ts';
import { openDatabase } from '../../../src/history/database.ts';
import { closeAbandoned, openHistory } from '../../../src/history/historyStore.ts';
import { sqliteMissing } from '../../../src/history/sqlite.ts';
import { someRecord, someResult } from '../../support/records.ts';

describe('the execution history', () => {
  let folder: string;
  let history: History;
  const open = () =>
    openHistory({ file: path.join(folder, 'history.db'), artifacts: path.join(folder, 'artifacts') });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-history-'));
    history = await open();
  });

  afterEach(async () => {
    await history.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps a record whole and lists newest first', async () => {
    const first = someRecord({ runId: 'a', at: 1, result: someResult({ runId: 'a', stdout: 'É\u0000x' }) });
    await history.save(first);
    await history.save(someRecord({ runId: 'b', at: 2 }));
    assert.deepEqual(await history.get('a'), first);
    const rows = await history.list({ limit: 10 });
    assert.deepEqual(
      rows.map((row) => [row.runId, row.status]),
      [
        ['b', 'running'],
        ['a', 'ok'],
      ],
    );
  });

  it('keeps whose code it was, and reads records that do not tell', async () => {
    const decisions = [
      { kind: 'run', hash: 'a', by: 'person', editedFrom: 'print(1)' },
      { kind: 'reject', reason: 'no', editedFrom: 'print(1)' },
      { kind: 'run', hash: 'a', by: 'person' },
    ] as const;
    for (const decision of decisions) {
      await history.save(someRecord({ decision }));
      assert.deepEqual((await history.get('run-1'))?.decision, decision);
    }
  });

  it('replaces the record of a run when it ends', async () => {
    await history.save(someRecord());
    await history.save(someRecord({ result: someResult({ status: 'timeout' }) }));
    const rows = await history.list({ limit: 10 });
    assert.deepEqual(
      rows.map((row) => row.status),
      ['timeout'],
    );
  });

  it('finds runs by words of code and output and treats operators as text', async () => {
    await history.save(someRecord({ runId: 'a', result: someResult({ stdout: 'total 4711 euro' }) }));
    await history.save(someRecord({ runId: 'b', code: 'print("other")' }));
    const ids = async (text: string) => (await history.list({ text, limit: 10 })).map((row) => row.runId);
    assert.deepEqual(await ids('4711'), ['a']);
    assert.deepEqual(await ids('sum_of'), ['a']);
    assert.deepEqual(await ids('" OR NEAR( *'), []);
    assert.deepEqual(await ids('***'), []);
  });

  it('tells runs that the person interrupted from those that failed', async () => {
    const result = someResult({ status: 'error', exitCode: 130, interrupted: true });
    await history.save(someRecord({ runId: 'mine', result }));
    await history.save(someRecord({ runId: 'failed', result: someResult({ status: 'error' }) }));
    const named = async (status: 'error' | 'interrupted') =>
      (await history.list({ status, limit: 9, offset: 0 })).map((row) => [row.runId, row.status]);
    assert.deepEqual(await named('interrupted'), [['mine', 'interrupted']]);
    assert.deepEqual(await named('error'), [['failed', 'error']]);
    assert.equal((await history.get('mine'))?.result?.interrupted, true);
  });

  it('filters by status and pages', async () => {
    for (let index = 0; index < 5; index++) {
      const status = index % 2 === 0 ? 'ok' : 'error';
      await history.save(someRecord({ runId: `r${index}`, at: index, result: someResult({ status }) }));
    }
    const rows = await history.list({ status: 'ok', limit: 2, offset: 1 });
    assert.deepEqual(
      rows.map((row) => row.runId),
      ['r2', 'r0'],
    );
  });

  it('lists what was rejected as that, and finds it so', async () => {
    const decision = { kind: 'reject', reason: 'no' } as const;
    for (const status of ['cancelled', 'blocked'] as const)
      await history.save(someRecord({ runId: status, decision, result: someResult({ status }) }));
    await history.save(someRecord({ runId: 'stopped', result: someResult({ status: 'cancelled' }) }));
    const found = async (status: Ending) =>
      (await history.list({ status, limit: 9 })).map((row) => `${row.runId}: ${row.status}`).toSorted();
    assert.deepEqual(await found('rejected'), ['blocked: rejected', 'cancelled: rejected']);
    assert.deepEqual(await found('cancelled'), ['stopped: cancelled']);
  });

  it('removes a run with its artifacts and never a folder beside them', async () => {
    await mkdir(path.join(folder, 'artifacts', 'a'), { recursive: true });
    await writeFile(path.join(folder, 'artifacts', 'a', 'chart.png'), 'x');
    await history.save(someRecord({ runId: 'a' }));
    await history.remove('a');
    await history.remove('../artifacts');
    assert.equal(await history.get('a'), undefined);
    assert.equal(existsSync(path.join(folder, 'artifacts', 'a')), false);
    assert.equal(existsSync(path.join(folder, 'artifacts')), true);
  });

  it('tells what changed', async () => {
    const seen: string[] = [];
    const listening = history.onDidChange((runId) => seen.push(runId));
    await history.save(someRecord({ runId: 'a' }));
    await history.remove('a');
    listening.dispose();
    await history.save(someRecord({ runId: 'b' }));
    assert.deepEqual(seen, ['a', 'a']);
  });

  it('ends runs whose process is gone and leaves those of living ones', async () => {
    await history.save(someRecord({ runId: 'mine' }));
    await history.save(someRecord({ runId: 'dead', sandbox: 'wasm' }));
    await history.save(someRecord({ runId: 'window', origin: 'selection' }));
    const gone = spawnSync(process.execPath, ['-e', '0']).pid;
    const database = await openDatabase(path.join(folder, 'history.db'));
    database.run("UPDATE runs SET owner = ? WHERE run_id != 'mine'", gone);
    database.close();
    const second = await open();
    const dead = (await second.get('dead'))?.result;
    assert.deepEqual([dead?.status, dead?.sandbox.backend], ['cancelled', 'wasm']);
    assert.match(dead?.message ?? '', /^The terminal command ended while this ran/);
    assert.match((await second.get('window'))?.result?.message ?? '', /^The window closed/);
    assert.equal((await second.get('mine'))?.result, undefined);
    await second.close();
  });

  it('leaves a run with its result that ended after it was seen running', async () => {
    await history.save(someRecord());
    const database = await openDatabase(path.join(folder, 'history.db'));
    database.run('UPDATE runs SET owner = ?', spawnSync(process.execPath, ['-e', '0']).pid);
    const ended = someRecord({ result: someResult({ stdout: 'all of it' }) });
    const seen = database.all("SELECT owner, record FROM runs WHERE status = 'running'");
    await history.save(ended);
    closeAbandoned({ ...database, all: () => seen });
    database.close();
    assert.deepEqual(await history.get('run-1'), ended);
  });

  it('says that the disk is full, and not that there is nothing to take back', async () => {
    const database = await openDatabase(':memory:');
    database.run('CREATE TABLE kept (bytes)');
    database.all('PRAGMA max_page_count = 20');
    assert.throws(
      () => database.transaction(() => database.run('INSERT INTO kept VALUES (zeroblob(1000000))')),
      /full/,
    );
    database.transaction(() => database.run('INSERT INTO kept VALUES (1)'));
    database.close();
  });

  it('gives nothing for a damaged row and goes on', async () => {
    await history.save(someRecord());
    const database = await openDatabase(path.join(folder, 'history.db'));
    database.run("UPDATE runs SET record = '{\"half'");
    database.close();
    assert.equal(await history.get('run-1'), undefined);
    assert.equal((await history.list({ limit: 1 })).length, 1);
  });

  it('says what to do where this Node has no SQLite', async () => {
    const absent = async (): Promise<never> => {
      throw new Error('No such built-in module: node:sqlite');
    };
    await assert.rejects(openDatabase(':memory:', absent), (error) => {
      assert.ok(GloveboxError.is(error, 'storage'));
      assert.match(error.message, /SQLite can't be loaded .*No such built-in module/);
      return true;
    });
    assert.equal(sqliteMissing(), undefined);
    assert.match(
      sqliteMissing(() => false) ?? '',
      /needs Node's built-in SQLite.* Update VS Code, or use Node 24/,
    );
  });

  it('says what to do when the file can not be opened', async () => {
    await assert.rejects(openDatabase(folder), /can't be opened .* Check that the folder/);
  });
});
