import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { allGuarantees, type GuaranteeId } from '../../src/core/guarantees.ts';
import { leaseLabel, ownerLabel } from '../../src/executors/docker/containerLabels.ts';
import { newOwnerId, processSpace } from '../../src/executors/docker/ownership.ts';
import { ensureImage } from '../../src/executors/docker/images/ensureImage.ts';
import { requireEngine } from '../support/engine.ts';
import { glovebox } from '../support/glovebox.ts';

const root = path.join(import.meta.dirname, '../..');
const health = z.object({
  sandboxReady: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  alive: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      owner: z.string(),
      stale: z.boolean(),
      leaseUntil: z.number(),
    }),
  ),
  tested: z.object({ backend: z.string() }),
  guarantees: z.array(
    z.object({
      id: z.string(),
      what: z.string(),
      state: z.enum(['proved', 'failed', 'not-provable', 'not-given']),
      detail: z.string(),
    }),
  ),
});
/** Rows of the table that say what a person gets, which no attack could break. */
const features: ReadonlySet<string> = new Set<GuaranteeId>(['programs', 'packages', 'languages']);

/** The table has a row for each guarantee, and none of them is broken. */
function assertHolds({ guarantees }: Pick<z.infer<typeof health>, 'guarantees'>): void {
  const wanted = allGuarantees().filter(({ id }) => !features.has(id));
  assert.deepEqual(
    guarantees.map(({ id }) => id),
    wanted.map(({ id }) => id),
  );
  assert.deepEqual(
    guarantees.filter(({ state }) => state === 'failed'),
    [],
  );
  const proved = guarantees.filter(({ state }) => state === 'proved').map(({ id }) => id);
  for (const id of ['files', 'network', 'environment', 'time', 'memory', 'output'])
    assert.ok(proved.includes(id), `${id} is proved`);
}

describe('glovebox doctor', function () {
  this.timeout(300_000);
  let data: string;
  before(async () => (data = await mkdtemp(path.join(os.tmpdir(), 'glovebox-doctor-'))));
  after(() => rm(data, { recursive: true, force: true }));

  it('names the containers that are alive, as text and as JSON', async () => {
    const engine = await requireEngine();
    const never = new AbortController().signal;
    const { image } = await ensureImage(engine.docker, { root }, () => undefined, never);
    const owner = newOwnerId(processSpace(data));
    const lease = new Date(Date.now() + 600_000);
    const container = await engine.docker.createContainer({
      Image: image,
      Cmd: ['x'],
      Labels: { [ownerLabel]: owner, [leaseLabel]: lease.toISOString() },
      HostConfig: { NetworkMode: 'none' },
    });
    try {
      const asJson = await glovebox(['doctor', '--json'], { data });
      const told = health.parse(JSON.parse(asJson.out));
      const { alive, checks, sandboxReady } = told;
      assertHolds(told);
      assert.equal(told.tested.backend, 'docker');
      assert.deepEqual(
        alive.find(({ id }) => id === container.id),
        { id: container.id, state: 'created', owner, stale: false, leaseUntil: lease.getTime() },
      );
      assert.match(checks.find(({ name }) => name === 'containers')?.detail ?? '', /of ours on the engine/);
      assert.deepEqual([sandboxReady, asJson.status], [true, 0]);
      const asText = await glovebox(['doctor'], { data });
      assert.match(asText.out, new RegExp(`${container.id.slice(0, 12)}  created  .*${owner} until 20`));
    } finally {
      await container.remove({ force: true });
      engine.dispose();
    }
  });

  it('says of each guarantee of the embedded sandbox whether it holds', async () => {
    const { out, status } = await glovebox(['doctor', '--json', '--sandbox', 'wasm'], { data });
    const told = health.parse(JSON.parse(out));
    assertHolds(told);
    assert.deepEqual([told.tested.backend, told.sandboxReady, status], ['wasm', true, 0]);
  });
});
