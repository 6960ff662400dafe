import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { defaultLimits } from '../../../src/core/limits.ts';
import type { Executor } from '../../../src/core/ports.ts';
import { createWasmExecutor } from '../../../src/executors/wasm/createWasmExecutor.ts';
import type { BenchPart, OpenPart, Row, Timing } from '../benchPart.ts';
import { printOne } from '../programs.ts';
import { timesAsLong } from '../statistics.ts';

const execute = promisify(execFile);
const name = 'wasm-print';
const never = new AbortController().signal;

/** The embedded sandbox as it is found (first use, snapshot, spare) against plain Pyodide in Node. */
export const part: BenchPart = {
  name: 'wasm',
  quickSeconds: 6,
  rounds: 20,
  open: async ({ root, quick }) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-bench-'));
    const make = (cache: string, spares: number): Executor =>
      createWasmExecutor({
        files: {
          pyodide: path.join(root, 'node_modules', 'pyodide'),
          sandbox: path.join(root, 'sandbox'),
          quickjs: path.join(root, 'node_modules', 'quickjs-wasi'),
        },
        cacheFolder: path.join(folder, cache),
        runsFolder: path.join(folder, 'runs'),
        spares: () => spares,
        sessionIdleSeconds: 60,
      });
    await mkdir(path.join(folder, 'runs'));
    const fromSnapshot = make('shared', 0);
    const spare = make('shared', 1);
    await spare.prepare?.(() => undefined, never);
    // A quick bench has no round that does not count; our own code is compiled by then all the same.
    if (quick) await timed(spare).then(() => spare.prepare?.(() => undefined, never));
    const first = async (): Promise<Timing> => {
      const fresh = make(randomUUID(), 1);
      const timing = await timed(fresh);
      await fresh.close();
      return timing;
    };
    return {
      cases: [
        { case: name, who: 'plain-pyodide', run: async () => plain(root) },
        { case: name, who: 'ours-first', run: first },
        { case: name, who: 'ours-snapshot', run: async () => timed(fromSnapshot) },
        {
          case: name,
          who: 'ours-spare',
          run: async () => timed(spare),
          settle: async () => spare.prepare?.(() => undefined, never),
        },
      ],
      ratios,
      close: async () => {
        await Promise.all([fromSnapshot.close(), spare.close()]);
        await rm(folder, { recursive: true, force: true });
      },
    } satisfies OpenPart;
  },
};

async function plain(root: string): Promise<Timing> {
  const start = performance.now();
  const script = path.join(root, 'test', 'bench', 'plainPyodide.mjs');
  const { stdout } = await execute(process.execPath, [script, printOne.code('')], { cwd: root });
  const resultMs = performance.now() - start;
  if (!printOne.expected(stdout)) throw new Error(`plain Pyodide said ${JSON.stringify(stdout)}`);
  return { resultMs };
}

async function timed(executor: Executor): Promise<Timing> {
  const start = performance.now();
  const result = await executor.execute(
    {
      runId: randomUUID(),
      language: 'python',
      code: printOne.code(''),
      title: 'bench.py',
      files: [],
      limits: defaultLimits,
    },
    () => undefined,
    never,
  );
  const resultMs = performance.now() - start;
  if (result.status !== 'ok' || !printOne.expected(result.stdout)) {
    throw new Error(`the embedded sandbox failed: ${result.status} ${result.message ?? ''} ${result.stderr}`);
  }
  return { resultMs };
}

function ratios(rows: readonly Row[]): Readonly<Record<string, number>> {
  const all = {
    wasmSnapshotVsPyodide: timesAsLong(rows, name, 'plain-pyodide', 'ours-snapshot'),
    wasmSpareVsPyodide: timesAsLong(rows, name, 'plain-pyodide', 'ours-spare'),
    // The other way round: how much longer the first run after installing takes.
    wasmFirstVsPyodide: timesAsLong(rows, name, 'ours-first', 'plain-pyodide'),
  };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => entry[1] !== undefined),
  );
}
