import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createWasmExecutor, type WasmExecutor } from '../../src/executors/wasm/createWasmExecutor.ts';
import type { ShellKind } from '../../src/executors/wasm/enclosed.ts';
import { processIds } from '../support/leaks.ts';
import type { Guarantees, Subject } from '../contract/subject.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What the embedded sandbox promises. */
export const embedded: Guarantees = {
  kind: 'wasm',
  processes: false,
  memoryStatus: false,
  soakRuns: 10,
  soakAtOnce: 8,
  counts: false,
  systemCalls: false,
  readOnlyRoot: false,
  figures: false,
  patienceSeconds: 120,
};

export interface WasmSubject extends Subject {
  readonly executor: WasmExecutor;
}

export interface WasmOptions {
  readonly lock?: string;
  readonly packageUrl?: string;
  /** What the operating system puts around it; absent: the strongest that works here. */
  readonly shell?: ShellKind;
  /** Another `sandbox/` folder than the product's. */
  readonly sandbox?: string;
  readonly spares?: number;
  /** Without a memory snapshot where it is false. */
  readonly prepared?: boolean;
}

/** Makes embedded sandboxes, all from one memory snapshot that the first of them makes. */
export function wasmSubject(
  cacheFolder: string,
  {
    lock,
    packageUrl,
    shell,
    sandbox = path.join(root, 'sandbox'),
    spares = 1,
    prepared = true,
  }: WasmOptions = {},
): () => Promise<WasmSubject> {
  return async () => {
    const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-contract-'));
    const before = new Set(await processIds());
    const executor = createWasmExecutor({
      files: {
        pyodide: path.join(root, 'node_modules', 'pyodide'),
        sandbox,
        quickjs: path.join(root, 'node_modules', 'quickjs-wasi'),
        ...(lock === undefined ? {} : { lock }),
      },
      ...(packageUrl === undefined ? {} : { packageUrl }),
      ...(shell === undefined ? {} : { shell }),
      cacheFolder,
      runsFolder,
      spares: () => spares,
      sessionIdleSeconds: 1800,
    });
    if (prepared) await executor.prepare?.(() => undefined, new AbortController().signal);
    return {
      executor,
      leftovers: async () => realms(before, sandbox),
      dispose: async () => rm(runsFolder, { recursive: true, force: true }),
    };
  };
}

async function realms(before: ReadonlySet<number>, sandbox: string): Promise<string[]> {
  const left: string[] = [];
  for (const pid of await processIds()) {
    if (before.has(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    // Python's realm and the one for JavaScript.
    if (command.includes(path.join(sandbox, 'wasm') + path.sep)) left.push(`${pid}`);
  }
  return left;
}
