import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/core/limits.ts';
import { leaseName, leaseOf } from '../../../src/executors/docker/containerLabels.ts';
import { containerSpec, shapeOf, type ContainerPlan } from '../../../src/executors/docker/containerSpec.ts';

const plan: ContainerPlan = {
  image: 'image',
  runtime: '',
  podman: false,
  preload: [],
  shape: shapeOf(defaultLimits),
  owner: 'owner',
  leaseMs: 60_000,
};

describe('what shuts a container', () => {
  it('gives memory, and no swap on top of it', () => {
    const { Memory, MemorySwap } = containerSpec(plan).HostConfig ?? {};
    assert.equal(Memory, defaultLimits.memoryBytes);
    assert.equal(MemorySwap, Memory);
  });

  it('limits each thing once, also for Podman', () => {
    const limits = containerSpec({ ...plan, podman: true }).HostConfig?.Ulimits as { Name: string }[];
    const names = limits.map(({ Name }) => Name);
    assert.ok(names.includes('nproc'));
    assert.equal(new Set(names).size, names.length);
  });

  it('hands Docker the profile of system calls as text, and names no file to Podman', () => {
    const options = (containerSpec(plan).HostConfig?.SecurityOpt ?? []) as readonly string[];
    const profile = options[1] ?? '';
    assert.match(profile, /^seccomp=\{"defaultAction":"SCMP_ACT_ERRNO"/);
    assert.deepEqual(containerSpec({ ...plan, podman: true }).HostConfig?.SecurityOpt, ['no-new-privileges']);
  });

  it('starts nothing but the runner, whatever the image says', () => {
    const { Healthcheck, Entrypoint } = containerSpec(plan);
    assert.deepEqual(Healthcheck, { Test: ['NONE'] });
    assert.equal(Entrypoint?.[0], '/opt/glovebox/python');
  });
});

describe('the lease of a container', () => {
  const label = '2026-01-01T00:00:00.000Z';
  const at = Date.parse(label);

  it('is that of its label until its name says a later one', () => {
    assert.equal(leaseOf(label, ['/happy_noether']), at);
    assert.equal(leaseOf(label, [`/${leaseName(at + 5, 'ab'.repeat(32))}`]), at + 5);
    assert.equal(leaseOf(label, [`/${leaseName(at - 5, 'ab'.repeat(32))}`]), at);
  });

  it('is none where nothing says one', () => {
    assert.equal(leaseOf('soon', ['/glovebox-soon-1']), undefined);
    assert.equal(leaseOf(undefined, []), undefined);
  });
});
