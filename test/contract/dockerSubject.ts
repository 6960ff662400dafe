import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../src/core/limits.ts';
import {
  createDockerExecutor,
  type DockerExecutor,
} from '../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings, type DockerSettings } from '../../src/executors/docker/settings.ts';
import { containersOf, requireEngine } from '../support/engine.ts';
import type { Guarantees, Subject } from './subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What plain Docker promises. */
export const everything: Guarantees = {
  kind: 'docker',
  processes: true,
  memoryStatus: 'process',
  counts: true,
  hiddenRunner: true,
  systemCalls: true,
  readOnlyRoot: true,
  figures: true,
  soakRuns: 200,
  soakAtOnce: 56,
  patienceSeconds: 120,
};

export interface DockerSubject extends Subject {
  readonly executor: DockerExecutor;
  readonly owner: string;
  readonly runsFolder: string;
}

/** Makes executors on the machine's engine, each with an owner id of its own. */
export function dockerSubject(settings: Partial<DockerSettings> = {}): () => Promise<DockerSubject> {
  return async () => {
    const engine = await requireEngine(settings.host);
    const owner = `contract-${randomUUID()}`;
    const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-contract-'));
    const executor = createDockerExecutor({
      root,
      settings: () => dockerSettings.parse({ poolSize: 2, ...settings }),
      limits: () => defaultLimits,
      runsFolder,
      owner,
    });
    await executor.prepare?.(() => undefined, new AbortController().signal);
    return {
      executor,
      owner,
      runsFolder,
      leftovers: async () => containersOf(engine.docker, owner),
      dispose: async () => {
        engine.dispose();
        await rm(runsFolder, { recursive: true, force: true });
      },
    };
  };
}
