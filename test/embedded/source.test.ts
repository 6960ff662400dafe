import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../src/core/errors.ts';
import type { ChildSandbox } from '../../src/executors/runner/childSandbox.ts';
import type { RealmFiles } from '../../src/executors/wasm/realmCommand.ts';
import { RealmSource } from '../../src/executors/wasm/realmSource.ts';
import { makeSnapshot, type Snapshot } from '../../src/executors/wasm/snapshot.ts';

const root = path.resolve(import.meta.dirname, '../..');
const never = new AbortController().signal;

describe('wasm: where interpreters come from', function () {
  this.timeout(120_000);
  let folder: string;
  let source: RealmSource;
  let made: number;
  let warnings: string[];
  let spares: number;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-source-'));
    [made, warnings, spares] = [0, [], 1];
  });
  afterEach(async () => {
    await source.close();
    await rm(folder, { recursive: true, force: true });
  });

  const files = (sandbox: string): RealmFiles => ({
    pyodide: path.join(root, 'node_modules', 'pyodide'),
    quickjs: path.join(root, 'node_modules', 'quickjs-wasi'),
    packages: folder,
    sandbox,
  });
  function open(make: () => Promise<Snapshot>, sandbox = path.join(root, 'sandbox')): void {
    source = new RealmSource({
      files: files(sandbox),
      cacheFolder: folder,
      spares: () => spares,
      warn: (message) => warnings.push(message),
      make: () => {
        made++;
        return make();
      },
    });
  }
  const full = async (): Promise<Snapshot> => {
    await new Promise(setImmediate);
    throw new Error('ENOSPC: no space left on device');
  };
  /** A run whose interpreter has ended. */
  const ended = { destroy: async () => undefined } as ChildSandbox;
  const settled = async (): Promise<void> => {
    const before = made;
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (made !== before) await settled();
  };

  it('makes the snapshot once for runs that end together, and tells a failure once', async () => {
    open(full);
    source.discard(ended);
    source.discard(ended);
    while (warnings.length === 0) await new Promise(setImmediate);
    source.discard(ended);
    await settled();
    assert.equal(made, 1);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? '', /ENOSPC/);
  });

  it('goes on without it where none waits, and tries once', async () => {
    spares = 0;
    open(full);
    const realm = await source.take(never);
    source.discard(realm);
    await settled();
    assert.deepEqual([made, warnings.length], [1, 1]);
    await (await source.take(never)).destroy();
    assert.equal(made, 1);
  });

  it('makes it for all who wait, and whoever stops waiting leaves it to the others', async () => {
    spares = 0;
    const snapshot = Promise.withResolvers<Snapshot>();
    open(() => snapshot.promise);
    const [stop, stopPreparing] = [new AbortController(), new AbortController()];
    const first = source.take(stop.signal);
    const preparing = source.prepare(() => undefined, stopPreparing.signal);
    const second = source.take(never);
    while (made === 0) await new Promise(setImmediate);
    stop.abort();
    stopPreparing.abort();
    for (const left of [first, preparing])
      await assert.rejects(left, (error) => GloveboxError.is(error, 'cancelled'));
    snapshot.reject(new Error('ENOSPC'));
    await (await second).destroy();
    assert.deepEqual([made, warnings.length], [1, 1], 'it went on, and was not made again');
  });

  it('waits for the making when it closes, and tells nobody that it was cut off', async () => {
    spares = 0;
    const { promise, reject } = Promise.withResolvers<Snapshot>();
    open(() => promise);
    const waiting = source.take(never);
    while (made === 0) await new Promise(setImmediate);
    let over = false;
    const closing = source.close().then(() => assert.ok(over, 'it was over before'));
    await assert.rejects(waiting, (error) => GloveboxError.is(error, 'cancelled'));
    over = true;
    reject(new Error('ended'));
    await closing;
    assert.deepEqual(warnings, []);
  });

  it('makes none where another process has made one since it was looked for', async () => {
    open(full);
    await (await source.take(never)).destroy();
    const plan = { files: files(path.join(root, 'sandbox')), cpuSeconds: 60, shell: 'none' } as const;
    await makeSnapshot(folder, await source.key(), plan, never);
    spares = 0;
    await (await source.take(never)).destroy();
    assert.deepEqual([made, warnings], [0, []]);
  });

  it('forgets that a file could not be read', async () => {
    const sandbox = path.join(folder, 'sandbox');
    open(full, sandbox);
    for (const ask of [source.key, source.digest, async () => source.take(never)])
      await assert.rejects(ask(), /ENOENT/);
    await cp(path.join(root, 'sandbox'), sandbox, { recursive: true });
    assert.match(await source.digest(), /^\w+$/);
    await (await source.take(never)).destroy();
  });

  it('tells who prepares it that there is no snapshot, whether one is to wait or not', async () => {
    for (spares of [1, 0]) {
      open(full);
      await assert.rejects(
        source.prepare(() => undefined, never),
        /can't keep its snapshot.*ENOSPC/,
      );
      await source.close();
    }
  });
});
