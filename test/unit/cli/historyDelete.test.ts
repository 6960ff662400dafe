import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { App } from '../../../src/app.ts';
import { historyCommand } from '../../../src/cli/historyCommand.ts';
import type { History } from '../../../src/core/ports.ts';
import { openHistory } from '../../../src/history/historyStore.ts';
import { someRecord, someResult } from '../../support/records.ts';
import { recordingTerminal } from '../../support/recordingTerminal.ts';

describe('history delete', () => {
  let folder: string;
  let history: History;
  const filesOf = (runId: string) => path.join(folder, 'artifacts', runId);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-delete-'));
    history = await openHistory({
      file: path.join(folder, 'history.db'),
      artifacts: path.join(folder, 'artifacts'),
    });
    for (const [runId, at] of [
      ['old', '2026-01-30T23:59:59Z'],
      ['new', '2026-01-31T00:00:00Z'],
    ] as const) {
      const result = someResult({ runId });
      await history.save(someRecord({ runId, title: `${runId}.py`, at: Date.parse(at), result }));
      await mkdir(filesOf(runId), { recursive: true });
      await writeFile(path.join(filesOf(runId), 'chart.png'), 'x');
    }
  });
  afterEach(async () => {
    await history.close();
    await rm(folder, { recursive: true, force: true });
  });

  const remove = async (words: readonly string[], answers?: string[]) => {
    const { terminal, printed } = recordingTerminal(answers === undefined ? {} : { answers });
    const asked: string[] = [];
    const { question } = terminal;
    const heard =
      question === undefined
        ? undefined
        : (text: string, signal: AbortSignal) => (asked.push(text), question(text, signal));
    const app = { history: async () => history } as unknown as App;
    const status = await historyCommand(['delete', ...words], app, { ...terminal, question: heard });
    return { status, asked, ...printed };
  };
  const left = async () => (await history.list({ limit: 9 })).map(({ runId }) => runId);

  it('names the runs, asks, and takes their files along', async () => {
    const { status, asked, out, err } = await remove(['old'], ['y']);
    assert.deepEqual(asked, ['Delete one run and its files from the history? [y/N] ']);
    assert.match(err, /^old {2}2026-01-30 23:59:59 .* old\.py/);
    assert.deepEqual([status, out], [0, 'Deleted one run and its files from the history.\n']);
    assert.deepEqual(await left(), ['new']);
    assert.deepEqual([existsSync(filesOf('old')), existsSync(filesOf('new'))], [false, true]);
  });

  it('deletes nothing that was not agreed to', async () => {
    for (const answer of ['', 'n', 'yesterday']) {
      const { status, err } = await remove(['old', 'new'], [answer]);
      assert.equal(status, 1);
      assert.match(err, /Nothing was deleted/);
    }
    await assert.rejects(remove(['old']), {
      name: 'UsageError',
      message: /stdin and stderr are not both a terminal; --yes deletes without/,
    });
    assert.deepEqual(await left(), ['new', 'old']);
    assert.ok(existsSync(filesOf('old')));
  });

  it('takes what is older than a day as the list has them, and without a question with --yes', async () => {
    const { status, asked, out } = await remove(['--before', '2026-01-31', '--yes', '--json'], []);
    assert.deepEqual([status, asked], [0, []]);
    assert.deepEqual(JSON.parse(out), { deleted: ['old'] });
    assert.deepEqual(await left(), ['new']);
    const again = await remove(['--before', '2026-01-31']);
    assert.deepEqual([again.status, again.out, again.err], [0, '', 'Nothing was deleted.\n']);
    assert.match((await remove(['--before', '2026-02-01', '--yes'])).out, /^Deleted one run /);
  });

  it('looks at all runs, however many there are', async () => {
    for (let index = 0; index < 600; index++)
      await history.save(someRecord({ runId: `r${index}`, at: index, result: someResult() }));
    const { err, out } = await remove(['--before', '2026-01-31'], ['yes']);
    assert.match(err, /^… and 591 more$/m);
    assert.match(out, /^Deleted 601 runs and their files/);
    assert.deepEqual(await left(), ['new']);
  });

  it('leaves what is still running, and says so', async () => {
    await history.save(someRecord({ runId: 'under-way' }));
    const named = await remove(['under-way', '--yes', '--json']);
    assert.deepEqual([named.status, JSON.parse(named.out)], [1, { deleted: [] }]);
    const { status, err, out } = await remove(['--before', '2026-02-01', '--yes']);
    assert.equal(status, 0);
    assert.match(err, /under-way is still running; it stays/);
    assert.match(out, /^Deleted 2 runs/);
    assert.deepEqual(await left(), ['under-way']);
  });

  it('refuses what it does not understand, whole', async () => {
    for (const [words, why] of [
      [['old', 'odl'], /no run odl in the history, so nothing was deleted/],
      [[], /takes the IDs of runs, or --before DATE/],
      [['old', '--before', '2026-01-31'], /takes the IDs of runs, or --before DATE/],
      [['--before', '2026-02-30'], /takes a day such as 2026-01-31, not "2026-02-30"/],
      [['--before', 'yesterday'], /takes a day/],
    ] as const)
      await assert.rejects(remove([...words, '--yes']), { name: 'UsageError', message: why });
    assert.deepEqual(await left(), ['new', 'old']);
  });
});
