import assert from 'node:assert/strict';
import Dockerode from 'dockerode';
import { defaultLimits } from '../../../src/core/limits.ts';
import { SandboxSource } from '../../../src/executors/docker/sandboxSource.ts';
import { defaultDockerSettings } from '../../../src/executors/docker/settings.ts';
import { someSandbox } from '../../support/records.ts';

describe('preparing containers', () => {
  for (const poolSize of [0, 2])
    it(`says so when none can be started, with ${poolSize} to wait`, async () => {
      const docker = new Dockerode();
      docker.createContainer = () => Promise.reject(new Error('no space left on device'));
      const source = new SandboxSource('owner');
      const site = { docker, image: 'i', info: someSandbox, podman: false, key: 'k' };
      const settings = { ...defaultDockerSettings, poolSize };
      const never = new AbortController().signal;
      await assert.rejects(source.prepare(site, settings, defaultLimits, never), /no space left/);
      await source.close();
    });
});
