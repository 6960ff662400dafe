import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { runCode, told, type Subject } from '../contract/subject.ts';
import { wasmSubject } from './wasmSubject.ts';

describe('wasm: the memory snapshot', function () {
  this.timeout(120_000);
  let cache: string;
  const opened: Subject[] = [];
  beforeEach(async () => (cache = await mkdtemp(path.join(os.tmpdir(), 'glovebox-snapshot-'))));
  afterEach(async () => {
    // Each of them sees the processes of those that were opened after it.
    const subjects = opened.splice(0);
    for (const { executor } of subjects) await executor.close();
    for (const { leftovers, dispose } of subjects) {
      assert.deepEqual(await leftovers(), []);
      await dispose();
    }
    await rm(cache, { recursive: true, force: true });
  });

  async function open(spares: number, prepared = true): Promise<Subject> {
    const subject = await wasmSubject(cache, { spares, prepared })();
    opened.push(subject);
    return subject;
  }

  const snapshots = async (): Promise<string[]> =>
    (await readdir(cache)).filter((name) => name.includes('.snapshot')).map((name) => path.join(cache, name));

  async function tamper(file: string): Promise<void> {
    const bytes = await readFile(file);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 255;
    await writeFile(file, bytes);
  }

  const hashOf = async (file: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex');
  const hashInName = (file: string): string => path.basename(file).split('.')[1] ?? '';

  const runs = async ({ executor }: Subject): Promise<void> => {
    const result = await runCode(executor, 'print("whole")');
    assert.deepEqual([result.status, result.stdout], ['ok', 'whole\n'], told(result));
  };

  it('is made before the first run of one for which no interpreter is to wait, as in a terminal', async () => {
    await runs(await open(0, false));
    assert.equal((await snapshots()).length, 1);
  });

  it('is made behind the first run of a session, and then one waits', async () => {
    const subject = await open(1, false);
    const result = await runCode(subject.executor, 'x = 1', { sessionId: 'a' });
    assert.equal(result.status, 'ok', told(result));
    while ((await snapshots()).length === 0 || (await subject.leftovers()).length < 2) await wait(50);
    const next = await runCode(subject.executor, 'print(x)', { sessionId: 'a' });
    assert.equal(next.stdout, '1\n', told(next));
  });

  it('that somebody changed before is thrown away, and made anew', async () => {
    await open(0);
    const [file = ''] = await snapshots();
    await tamper(file);
    assert.notEqual(await hashOf(file), hashInName(file));
    await runs(await open(0));
    const [again = ''] = await snapshots();
    assert.ok(again !== '', 'another one is there');
    assert.equal(await hashOf(again), hashInName(again), 'what is there is what was made');
    await runs(await open(0));
    assert.equal((await snapshots()).length, 1);
  });

  it('that somebody changes or takes away while it is in use stops no run', async () => {
    const subject = await open(0);
    await runs(subject);
    const [file = ''] = await snapshots();
    await tamper(file);
    await runs(subject);
    assert.deepEqual(await snapshots(), [], 'what is not what was made is gone');
    await subject.executor.prepare?.(() => undefined, new AbortController().signal);
    const [again = ''] = await snapshots();
    await rm(again);
    await runs(subject);
  });

  it('is kept where nobody else can write, and used from there', async function () {
    if (process.getuid === undefined) this.skip();
    await chmod(cache, 0o777);
    await open(0);
    const [file = ''] = await snapshots();
    assert.deepEqual([(await stat(cache)).mode & 0o777, (await stat(file)).mode & 0o777], [0o700, 0o600]);
    await runs(await open(0));
    assert.deepEqual(await snapshots(), [file]);
  });

  it('is there, too, where one that is of no use can not be removed', async () => {
    const file = path.join(cache, `a.${'0'.repeat(64)}.snapshot`);
    // A folder of that name is no file to remove.
    await mkdir(file);
    const longAgo = new Date(Date.now() - 60 * 24 * 3_600_000);
    await utimes(file, longAgo, longAgo);
    await runs(await open(0));
    assert.equal((await snapshots()).length, 2);
  });

  it('of another version is removed when nobody has used it for long, and not before', async () => {
    await mkdir(cache, { recursive: true });
    const [old, young] = ['a', 'b'].map((key) => path.join(cache, `${key}.${'0'.repeat(64)}.snapshot`));
    assert.ok(old !== undefined && young !== undefined);
    for (const file of [old, young]) await writeFile(file, 'x');
    const longAgo = new Date(Date.now() - 60 * 24 * 3_600_000);
    await utimes(old, longAgo, longAgo);
    await open(0);
    const left = await snapshots();
    assert.deepEqual([left.includes(old), left.includes(young), left.length], [false, true, 2]);
  });
});
