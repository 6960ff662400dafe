import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type Dockerode from 'dockerode';
import { defaultLimits, type Limits } from '../../src/core/limits.ts';
import { inputChunkBytes } from '../../src/core/proposal.ts';
import { createDockerExecutor } from '../../src/executors/docker/createDockerExecutor.ts';
import { dockerSettings } from '../../src/executors/docker/settings.ts';
import type { Row, Timing } from './benchPart.ts';
import type { Program } from './programs.ts';
import { rowOf } from './statistics.ts';

const limits: Limits = { ...defaultLimits, outputBytes: 2 * 2 ** 20 };
const never = new AbortController().signal;

export interface CancelTiming {
  readonly resultMs: number;
  readonly goneMs: number;
}

/** The product's own executor, as the extension uses it. */
export interface Ours {
  readonly who: string;
  run(program: Program, csv: string): Promise<Timing>;
  /** Waits until used containers are gone and the pool is full again. */
  settle(): Promise<void>;
  idleMemory(): Promise<Row>;
  /** Cancels a program that runs; how long until the result is there, and until the container is gone. */
  cancel(): Promise<CancelTiming>;
  close(): Promise<void>;
}

export async function openOurs(
  root: string,
  runsFolder: string,
  docker: Dockerode,
  who: string,
  overrides: { readonly poolSize?: number },
): Promise<Ours> {
  const settings = dockerSettings.parse(overrides);
  const owner = `glovebox-bench-${randomUUID()}`;
  const executor = createDockerExecutor({
    root,
    runsFolder,
    owner,
    settings: () => settings,
    limits: () => limits,
  });
  const containers = async (): Promise<readonly Dockerode.ContainerInfo[]> =>
    docker.listContainers({ all: true, filters: { label: [`glovebox.owner=${owner}`] } });
  const settle = async (): Promise<void> => {
    await executor.prepare?.(() => undefined, never);
    while ((await containers()).length > settings.poolSize) await wait(20);
  };

  async function run(program: Program, csv: string): Promise<Timing> {
    const { size } = await stat(csv);
    const file = {
      name: 'sales.csv',
      bytes: size,
      open: () => createReadStream(csv, { highWaterMark: inputChunkBytes }),
    };
    const start = performance.now();
    let firstByteMs: number | undefined;
    const result = await executor.execute(
      {
        runId: randomUUID(),
        language: 'python',
        code: program.code('sales.csv'),
        title: 'bench.py',
        files: program.data === true ? [file] : [],
        limits,
      },
      (event) => {
        if (event.kind === 'output') firstByteMs ??= performance.now() - start;
      },
      never,
    );
    const resultMs = performance.now() - start;
    if (result.status !== 'ok' || !program.expected(result.stdout)) {
      throw new Error(
        `${who} failed at ${program.name}: ${result.status} ${result.message ?? ''} ${result.stderr}`,
      );
    }
    return firstByteMs === undefined ? { resultMs } : { resultMs, firstByteMs };
  }

  async function cancel(): Promise<CancelTiming> {
    const stop = new AbortController();
    let cancelledAt = 0;
    const result = await executor.execute(
      {
        runId: randomUUID(),
        language: 'python',
        code: 'print(1, flush=True)\nwhile True: pass',
        title: 'bench.py',
        files: [],
        limits,
      },
      (event) => {
        if (event.kind !== 'output' || cancelledAt > 0) return;
        cancelledAt = performance.now();
        stop.abort();
      },
      stop.signal,
    );
    const resultMs = performance.now() - cancelledAt;
    if (result.status !== 'cancelled') throw new Error(`${who} was not cancelled: ${result.status}`);
    while ((await containers()).length > settings.poolSize) await wait(2);
    return { resultMs, goneMs: performance.now() - cancelledAt };
  }

  async function idleMemory(): Promise<Row> {
    await settle();
    const used = (await containers()).map(async ({ Id }) => {
      const { memory_stats: memory } = await docker.getContainer(Id).stats({ stream: false });
      const { inactive_file: now, total_inactive_file: before } = memory.stats;
      return (memory.usage - (now || before || 0)) / 2 ** 20;
    });
    return rowOf('idle-memory', who, await Promise.all(used), 'MiB');
  }

  await settle();
  return { who, run, settle, idleMemory, cancel, close: async () => executor.close() };
}
