import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { History, SandboxStatus } from '../../src/core/ports.ts';
import { checkHealth, type Health, type HealthParts } from '../../src/health.ts';

describe('what a run needs', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-health-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const sandbox = { backend: 'docker', runtime: 'runc', image: '', digest: '' } as const;
  const ready: SandboxStatus = { available: true, sandbox };

  const health = (
    status: SandboxStatus,
    more: Partial<HealthParts['executor']> = {},
    config: Partial<HealthParts['config']> = {},
  ): Promise<Health> =>
    checkHealth({
      config: { dataFolder: folder, dataFolderAdvice: 'Do this.', apiKey: async () => undefined, ...config },
      executor: { describe: async () => status, alive: async () => [], ...more },
      history: async () => ({ list: async () => [] }) as unknown as History,
    });
  const detail = ({ checks }: Health, name: string): string | undefined =>
    checks.find((check) => check.name === name)?.detail;

  it('says that the image is still to be built where an engine answers without it', async () => {
    const found = await health(ready, { toPrepare: async () => 'The image is built at the first run.' });
    assert.equal(found.toPrepare, 'The image is built at the first run.');
    assert.match(detail(found, 'sandbox') ?? '', /^The image is built at the first run\. docker \(runc\)$/);
    const built = await health(ready, { toPrepare: async () => undefined });
    assert.deepEqual([built.toPrepare, detail(built, 'sandbox')], [undefined, 'docker (runc)']);
  });

  it('speaks of containers only where there is an engine', async () => {
    assert.match(detail(await health(ready), 'containers') ?? '', /None of ours/);
    const without = await health({ available: false, reason: 'no engine', sandbox });
    assert.deepEqual([without.sandboxReady, detail(without, 'containers')], [false, undefined]);
    const embedded = await health({ available: true, sandbox: { ...sandbox, backend: 'wasm' } });
    assert.equal(detail(embedded, 'containers'), undefined);
  });

  it('asks for no key where the model is one of the editor', async () => {
    const key = (found: Health) => found.checks.find(({ name }) => name === 'API key');
    assert.equal(key(await health(ready))?.ok, false);
    const own = await health(ready, {}, { editorModel: () => ({}) as never });
    assert.deepEqual([key(own)?.ok, /needs none/.test(key(own)?.detail ?? '')], [true, true]);
  });

  it('gives the advice of its door about a folder that can’t be written', async () => {
    const found = await health(ready, {}, { dataFolder: path.join(folder, 'none') });
    assert.match(detail(found, 'data folder') ?? '', /none can't be written\. Do this\.$/);
  });
});
