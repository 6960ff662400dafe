import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ChildSandbox } from '../../src/executors/runner/childSandbox.ts';
import { RealmSource } from '../../src/executors/wasm/realmSource.ts';
import type { Snapshot } from '../../src/executors/wasm/snapshot.ts';

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

  function open(make: () => Promise<Snapshot>, sandbox = path.join(root, 'sandbox')): void {
    source = new RealmSource({
      files: {
        pyodide: path.join(root, 'node_modules', 'pyodide'),
        quickjs: path.join(root, 'node_modules', 'quickjs-wasi'),
        packages: folder,
        sandbox,
      },
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
