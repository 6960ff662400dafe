import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../src/core/limits.ts';
import { createDockerExecutor } from '../src/executors/docker/createDockerExecutor.ts';
import { defaultDockerSettings } from '../src/executors/docker/settings.ts';

// Builds the sandbox image where it is not there yet, and starts one waiting sandbox to see that it works.
const root = path.dirname(import.meta.dirname);
const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'gbp-'));
const executor = createDockerExecutor({
  root,
  runsFolder,
  settings: () => ({ ...defaultDockerSettings, poolSize: 1 }),
  limits: () => defaultLimits,
});
try {
  await executor.prepare?.((message) => console.log(message), new AbortController().signal);
  const status = await executor.describe();
  console.log(status.available ? `sandbox ready: ${status.sandbox.image}` : status.reason);
  if (!status.available) process.exitCode = 1;
} finally {
  await executor.close();
  await rm(runsFolder, { recursive: true, force: true });
}
