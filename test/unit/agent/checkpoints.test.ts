import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openCheckpointDatabase } from '../../../src/agent/checkpoints/checkpointDatabase.ts';
import { workspaceFolder } from '../../../src/agent/workspaceFolder.ts';
import type { WorkspaceFiles } from '../../../src/agent/workspaceFiles.ts';
import type { InputFile } from '../../../src/core/proposal.ts';
import { SqliteCheckpoints } from '../../../src/agent/checkpoints/sqliteCheckpoints.ts';
import { reply, runCode, say } from '../../support/messages/script.ts';
import { toolResults } from '../../support/messages/storyText.ts';
import { inputFile, openDesk, type Desk, type DeskOptions } from './agentDesk.ts';

const root = path.join(import.meta.dirname, '../../..');

describe('checkpoints in SQLite', () => {
  it('pass the published validation suite', async function () {
    this.timeout(120_000);
    const vitest = path.join(createRequire(import.meta.url).resolve('vitest/package.json'), '../vitest.mjs');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [vitest, 'run', '--globals', '--dir', 'test/support/checkpoints', '--reporter=json'],
      { cwd: root, maxBuffer: 64 * 1024 * 1024 },
    );
    const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Record<string, number>;
    assert.equal(report['numFailedTests'], 0);
    assert.equal(report['numPendingTests'], 0);
    assert.ok((report['numPassedTests'] ?? 0) > 700);
  });

  describe('over a restart', () => {
    let folder: string;
    const desks: Desk[] = [];
    const open: SqliteCheckpoints[] = [];
    beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'glovebox-checkpoints-'))));
    afterEach(async () => {
      for (const desk of desks.splice(0)) await desk.close();
      for (const checkpoints of open.splice(0)) checkpoints.close();
      await rm(folder, { recursive: true });
    });

    const checkpoints = (): SqliteCheckpoints => {
      const made = new SqliteCheckpoints(openCheckpointDatabase(path.join(folder, 'chats.db')));
      open.push(made);
      return made;
    };
    /** A process of its own: nothing is shared with the others but the file and the server. */
    const start = async (options: DeskOptions = {}, server?: Desk['server']) => {
      const desk = await openDesk(
        ({ index }) =>
          index === 0
            ? runCode('I will count.', { code: 'print(len(open("a.csv").read()))', purpose: 'Count' })
            : say(`Turn ${index}.`),
        {
          ...options,
          parts: { checkpoints: checkpoints(), ...options.parts },
          ...(server === undefined ? {} : { model: { baseUrl: server.url } }),
        },
      );
      desks.push(desk);
      return desk;
    };
    /** Whether the file has the result of one call already. */
    const keptResult = async (): Promise<boolean> => {
      const tuple = await open[0]?.getTuple({ configurable: { thread_id: 't1' } });
      return tuple?.pendingWrites?.some(([, channel]) => channel === 'messages') ?? false;
    };
    const never = (): Promise<never> => new Promise(() => undefined);
    const folderFiles = async (): Promise<WorkspaceFiles> => {
      const opened = path.join(folder, 'project');
      await mkdir(path.join(opened, 'data'), { recursive: true });
      await writeFile(path.join(opened, 'data', 'c.csv'), 'abcd');
      await writeFile(path.join(opened, 'a.csv'), 'abc');
      await writeFile(path.join(opened, 'b.csv'), 'own');
      return workspaceFolder(opened);
    };
    const ofProject = (name: string, text: string): InputFile => ({
      ...inputFile(name, text),
      place: `project/${name}`,
    });

    it('an approval still waits, and goes on as if nothing had happened', async () => {
      const workspace = await folderFiles();
      const first = await start({ decide: never, parts: { workspace } });
      const asked = first.ask('Count', { files: [ofProject('a.csv', 'abc')] });
      while (first.of('proposed').length === 0) await new Promise(setImmediate);
      void asked;
      await first.agent.close();

      const second = await start(
        { execute: () => ({ stdout: '3\n' }), parts: { checkpoints: checkpoints(), workspace } },
        first.server,
      );
      assert.equal(await second.agent.hasPending('t1'), true);
      await second.agent.resume('t1', (event) => second.events.push(event), new AbortController().signal);
      assert.equal(second.of('proposed')[0]?.proposal.id, first.of('proposed')[0]?.proposal.id);
      assert.equal(second.of('proposed')[0]?.proposal.hash, first.of('proposed')[0]?.proposal.hash);
      assert.deepEqual(second.executed, ['print(len(open("a.csv").read()))']);
      assert.deepEqual(second.records.at(-1)?.files, [{ name: 'a.csv', bytes: 3 }]);
      assert.match(toolResults(first.server.requests[1]!)[0] ?? '', /<stdout>\n3\n/);
      assert.equal(second.events.at(-1)?.kind, 'done');
      assert.equal(await second.agent.hasPending('t1'), false);
      assert.deepEqual(first.server.rejections, []);
    });

    it('a file from elsewhere is gone, and no file of the workspace takes its place', async () => {
      const workspace = await folderFiles();
      const first = await start({ parts: { workspace } });
      const files = [
        ofProject('a.csv', 'abc'),
        // As a dialog gives it.
        { ...inputFile('data/c.csv', 'abcd'), place: 'data/c.csv' },
        { ...inputFile('b.csv', 'xyz'), place: 'Downloads/b.csv' },
        inputFile('pasted.txt', 'Hello'),
      ];
      await first.ask('Count', { files });
      assert.deepEqual(
        first.records.at(-1)?.files.map(({ name }) => name),
        ['a.csv', 'data/c.csv', 'b.csv', 'pasted.txt'],
      );
      await first.agent.close();
      const second = await openDesk(
        [runCode('Again.', { code: 'print(2)', purpose: 'Count' }), say('Done.'), say('Done.')],
        { parts: { checkpoints: checkpoints(), workspace } },
      );
      desks.push(second);
      await second.ask('And again', { files: [] });
      assert.deepEqual(second.records.at(-1)?.files, [
        { name: 'a.csv', bytes: 3 },
        { name: 'data/c.csv', bytes: 4 },
      ]);
      const gone = 'No longer there: b.csv, pasted.txt. Attach what is still needed again.';
      assert.deepEqual(
        second.of('notice').map(({ message }) => message),
        [gone],
      );
      await second.ask('Thanks');
      assert.equal(second.of('notice').length, 1);
    });

    it('a new message takes the place of an approval that nobody gave', async () => {
      const first = await start({ decide: never });
      void first.ask('Count');
      while (first.of('proposed').length === 0) await new Promise(setImmediate);
      await first.agent.close();
      const second = await start({}, first.server);
      assert.equal(await second.ask('Never mind'), 'Turn 1.');
      assert.deepEqual(second.executed, []);
      assert.deepEqual(first.server.rejections, []);
    });

    it('a new message leaves the result of a call that had ended beside one that had not', async () => {
      const calls = ['print(1)', 'print(2)'].map((code) => ({
        type: 'tool_use' as const,
        name: 'run_code',
        input: { language: 'python', code, purpose: code },
      }));
      const ended = Promise.withResolvers<void>();
      const first = await openDesk([reply(calls), say('Fine.'), say('Fine again.')], {
        mode: 'ask-on-findings',
        parts: { checkpoints: checkpoints() },
        execute: async (code, signal) => {
          if (code === 'print(1)') return { stdout: 'one\n' };
          ended.resolve();
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(new Error('stopped')));
          });
        },
      });
      desks.push(first);
      const stop = new AbortController();
      void first.ask('Count', { signal: stop.signal });
      await ended.promise;
      while (!(await keptResult())) await new Promise(setImmediate);
      await first.agent.close();
      stop.abort();
      const second = await start({}, first.server);
      assert.equal(await second.ask('Never mind'), 'Fine.');
      assert.equal(await second.ask('And now?'), 'Fine again.');
      assert.deepEqual(first.server.rejections, []);
      const sent = JSON.stringify(first.server.requests[1]?.body.messages);
      assert.match(sent, /<stdout>\\none\\n.*stopped before it had a result.*Never mind/);
    });

    it('a conversation goes on', async () => {
      const first = await start();
      await first.ask('Count');
      const second = await start({}, first.server);
      assert.equal(await second.ask('And again?'), 'Turn 2.');
      assert.equal(first.server.requests[2]?.body.messages.length, 5);
    });

    it('an answer is whole, also where what it no longer needs could not be cleared up', async () => {
      const busy = Object.assign(checkpoints(), {
        prune: () => Promise.reject(new Error('database is locked')),
      });
      const desk = await start({ parts: { checkpoints: busy } });
      await desk.ask('Count');
      assert.deepEqual(desk.events.at(-1), { kind: 'done' });
    });

    it('the file is for its owner alone, and does not grow with every step', async () => {
      const first = await start();
      const file = path.join(folder, 'chats.db');
      assert.equal((await stat(file)).mode & 0o777, 0o600);
      await first.ask('Count');
      const [saver] = open;
      const rows: unknown[] = [];
      for await (const tuple of saver!.list({ configurable: { thread_id: 't1' } })) rows.push(tuple);
      assert.equal(rows.length, 1);
      await saver!.deleteThread('t1');
      assert.equal(await first.agent.hasPending('t1'), false);
    });
  });
}).timeout(30_000);
