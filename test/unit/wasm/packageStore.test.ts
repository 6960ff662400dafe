import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { LockedPackage } from '../../../src/executors/wasm/packages/lockFile.ts';
import { PackageStore } from '../../../src/executors/wasm/packages/packageStore.ts';

const content = Buffer.alloc(100_000, 'x');
const sha256 = createHash('sha256').update(content).digest('hex');
const locked = (name: string, depends: string[] = []): [string, LockedPackage] => [
  name,
  { name, version: '1.0.0', file_name: `${name}.whl`, sha256, depends, imports: [name] },
];
const lock = new Map([locked('numpy'), locked('pandas', ['numpy']), locked('matplotlib', ['numpy'])]);
const never = new AbortController().signal;

describe('the store of packages', () => {
  let folder: string;
  let store: PackageStore;
  let asked: string[];
  /** Answers to requests for numpy, which are begun and wait for `finish`. */
  let begun: ServerResponse[];
  let changed: () => void;
  const server = createServer((request, response) => {
    const name = path.basename(request.url ?? '');
    asked.push(name);
    if (name !== 'numpy.whl') return void response.end(content);
    response.write(content.subarray(0, 50_000));
    begun.push(response);
    changed();
  });
  const finish = (): void => begun.forEach((response) => response.end(content.subarray(50_000)));

  before(async () => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.closeAllConnections());
  after(async () => new Promise<void>((resolve) => server.close(() => resolve())));
  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-store-'));
    [asked, begun, changed] = [[], [], () => undefined];
    const baseUrl = async () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    store = new PackageStore({ folder, lock: async () => lock, baseUrl });
  });
  afterEach(async () => {
    finish();
    await rm(folder, { recursive: true, force: true });
  });

  /** Begins to fetch; resolves when it is numpy's turn. */
  async function fetchUpToNumpy(name: string, signal: AbortSignal): Promise<{ done: Promise<void> }> {
    const { promise: turn, resolve } = Promise.withResolvers<void>();
    const done = store.fetch([name], (message) => message.includes('numpy') && resolve(), signal);
    done.catch(() => undefined);
    await turn;
    return { done };
  }
  const numpyAsked = async (): Promise<void> => {
    if (begun.length === 0) await new Promise<void>((resolve) => (changed = resolve));
  };

  it('fetches once what two need at the same time', async () => {
    const first = await fetchUpToNumpy('pandas', never);
    await numpyAsked();
    const second = await fetchUpToNumpy('matplotlib', never);
    finish();
    await Promise.all([first.done, second.done]);
    assert.deepEqual(asked.toSorted(), ['matplotlib.whl', 'numpy.whl', 'pandas.whl']);
    assert.deepEqual((await readdir(folder)).toSorted(), ['matplotlib.whl', 'numpy.whl', 'pandas.whl']);
  });

  it('goes on with what one of them does not want any more, and stops when nobody does', async () => {
    const [one, other] = [new AbortController(), new AbortController()];
    const first = await fetchUpToNumpy('pandas', one.signal);
    const second = await fetchUpToNumpy('matplotlib', other.signal);
    one.abort();
    await assert.rejects(first.done, { code: 'cancelled' });
    await numpyAsked();
    finish();
    await second.done;
    await rm(path.join(folder, 'numpy.whl'));
    begun = [];
    const third = await fetchUpToNumpy('numpy', other.signal);
    await numpyAsked();
    other.abort();
    await assert.rejects(third.done, { code: 'cancelled' });
    assert.deepEqual((await readdir(folder)).toSorted(), ['matplotlib.whl', 'pandas.whl']);
  });

  it('clears away what was left half fetched long ago', async () => {
    const [left, underWay] = ['.numpy.whl.1', '.numpy.whl.2'];
    for (const name of [left, underWay]) await writeFile(path.join(folder, name), 'half');
    await utimes(path.join(folder, left), new Date(0), new Date(0));
    const { done } = await fetchUpToNumpy('numpy', never);
    await numpyAsked();
    finish();
    await done;
    assert.deepEqual((await readdir(folder)).toSorted(), [underWay, 'numpy.whl']);
  });
});
