import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../src/core/limits.ts';
import { createDockerExecutor } from '../src/executors/docker/createDockerExecutor.ts';
import { defaultDockerSettings } from '../src/executors/docker/settings.ts';

// Builds the sandbox image where it is not there yet, and runs a program in it to see that it works.
const root = path.dirname(import.meta.dirname);
const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'gbp-'));
const executor = createDockerExecutor({
  root,
  runsFolder,
  settings: () => ({ ...defaultDockerSettings, poolSize: 1 }),
  limits: () => defaultLimits,
});
try {
  const never = new AbortController().signal;
  await executor.prepare?.((message) => console.log(message), never);
  const request = { language: 'python', code: 'print(6 * 7)', title: 'prepare.py', files: [] } as const;
  const result = await executor.execute(
    { ...request, runId: 'prepare', limits: defaultLimits },
    () => undefined,
    never,
  );
  const works = result.status === 'ok' && result.stdout === '42\n';
  const said = result.message ?? `${result.status}: ${result.stdout}${result.stderr}`;
  console.log(works ? `sandbox ready: ${result.sandbox.image}` : `the sandbox does not work: ${said}`);
  if (!works) process.exitCode = 1;
} finally {
  await executor.close();
  await rm(runsFolder, { recursive: true, force: true });
}
