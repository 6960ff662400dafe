import assert from 'node:assert/strict';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GloveboxError } from '../../../src/core/errors.ts';
import { readLock } from '../../../src/executors/wasm/packages/lockFile.ts';
import { PackageStore } from '../../../src/executors/wasm/packages/packageStore.ts';
import { pureWheel } from '../../support/wheel.ts';
import { publishWheels, type WheelServer } from '../../support/wheelServer.ts';

const never = new AbortController().signal;

describe('a package that can not be written', () => {
  let above: string;
  let folder: string;
  let published: WheelServer;
  let beforeDownload: () => Promise<void>;
  let store: PackageStore;
  beforeEach(async () => {
    above = await mkdtemp(path.join(os.tmpdir(), 'glovebox-store-'));
    folder = path.join(above, 'packages');
    published = await publishWheels([pureWheel('farewell', 'x = 1\n')], above);
    beforeDownload = async () => undefined;
    store = new PackageStore({
      folder,
      lock: async () => readLock(published.lock),
      baseUrl: async () => {
        await beforeDownload();
        return published.packageUrl;
      },
    });
  });
  afterEach(async () => {
    await published.close();
    await rm(above, { recursive: true, force: true });
  });

  const timers = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const refused = (why: RegExp) => (error: unknown) =>
    GloveboxError.is(error, 'storage') && why.test(error.message) && error.message.includes(folder);
  const fetch = async (): Promise<void> => store.fetch(['farewell'], () => undefined, never);

  it('is told at once, and nothing is waited for', async () => {
    beforeDownload = async () => rm(folder, { recursive: true });
    // By then the test has its own timer.
    await new Promise(setImmediate);
    const before = timers();
    await assert.rejects(fetch(), refused(/farewell can't be kept.*ENOENT/));
    assert.equal(timers(), before);
    assert.deepEqual(published.asked, []);
  });

  it('is no fault of the network where the disk is full', async () => {
    const probe = await open(published.lock);
    const handles = Object.getPrototypeOf(probe) as { writeFile: typeof probe.writeFile };
    await probe.close();
    const { writeFile } = handles;
    try {
      beforeDownload = async () => {
        handles.writeFile = async () => {
          throw new Error('ENOSPC: no space left on device, write');
        };
      };
      await assert.rejects(fetch(), refused(/farewell can't be kept.*ENOSPC/));
    } finally {
      handles.writeFile = writeFile;
    }
    assert.deepEqual(await readdir(folder), []);
  });
});
