import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createWasmExecutor, type WasmExecutor } from '../../src/executors/wasm/createWasmExecutor.ts';
import { processIds } from '../support/leaks.ts';
import type { Guarantees, Subject } from './subject.ts';

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
  languages: ['python', 'javascript'],
  patienceSeconds: 120,
};

export interface WasmSubject extends Subject {
  readonly executor: WasmExecutor;
}

/** Makes embedded sandboxes, all from one memory snapshot that the first of them makes. */
export function wasmSubject(
  cacheFolder: string,
  more: { readonly lock?: string; readonly packageUrl?: string } = {},
): () => Promise<WasmSubject> {
  return async () => {
    const runsFolder = await mkdtemp(path.join(os.tmpdir(), 'glovebox-contract-'));
    const before = new Set(await processIds());
    const executor = createWasmExecutor({
      files: {
        pyodide: path.join(root, 'node_modules', 'pyodide'),
        sandbox: path.join(root, 'sandbox'),
        quickjs: path.join(root, 'node_modules', 'quickjs-wasi'),
        ...(more.lock === undefined ? {} : { lock: more.lock }),
      },
      ...(more.packageUrl === undefined ? {} : { packageUrl: more.packageUrl }),
      cacheFolder,
      runsFolder,
      spares: 1,
      sessionIdleSeconds: 1800,
    });
    await executor.prepare?.(() => undefined, new AbortController().signal);
    return {
      executor,
      leftovers: async () => realms(before),
      dispose: async () => rm(runsFolder, { recursive: true, force: true }),
    };
  };
}

async function realms(before: ReadonlySet<number>): Promise<string[]> {
  const left: string[] = [];
  for (const pid of await processIds()) {
    if (before.has(pid)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(path.join(root, 'sandbox', 'wasm', 'realm.mjs'))) left.push(`${pid}`);
  }
  return left;
}
