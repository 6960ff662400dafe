import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { languageTable, type Language } from '../../core/language.ts';
import type { Executor, Packages, SandboxStatus } from '../../core/ports.ts';
import { interruptible } from '../../core/run.ts';
import { createRunnerExecutor } from '../createRunnerExecutor.ts';
import type { ChildSandbox } from '../runner/childSandbox.ts';
import { missingModule, withNotice } from '../missingModule.ts';
import { unsuited } from '../unsuited.ts';
import { readLock } from './packages/lockFile.ts';
import { PackageStore } from './packages/packageStore.ts';
import { pyodideVersion } from './pyodideVersion.ts';
import { RealmSource } from './realmSource.ts';
import type { ShellKind } from './enclosed.ts';
import type { RealmFiles } from './realmCommand.ts';
import { lazy } from '../../core/lazy.ts';

/** Else the peak is larger than the limit that the same card names. */
const wholeProcess =
  'The peak memory is that of the whole process around Python; the limit is for Python and the program alone.';

export interface WasmExecutorParts {
  readonly files: Omit<RealmFiles, 'packages'>;
  /** Where packages are fetched from; absent: where Pyodide publishes them. */
  readonly packageUrl?: string;
  /** Private folder for memory snapshots and packages. */
  readonly cacheFolder: string;
  /** Artifacts of a run are put in a folder of its id below this one. */
  readonly runsFolder: string;
  /** Interpreters that wait for a run, read anew for each; 0 starts one for each run. */
  readonly spares: () => number;
  /** Tells a person what makes every run slower. */
  readonly warn?: (message: string) => void;
  /** A session's interpreter ends after so many idle seconds. */
  readonly sessionIdleSeconds: number;
  /** What the operating system puts around each process; absent: the strongest that works here. */
  readonly shell?: ShellKind;
}

/** Each run takes ≈ 200 MB and a processor; more at once would only make all of them slow. */
const atOnce = 4;

export interface WasmExecutor extends Executor {
  readonly packages: Packages;
}

const isPython = (language: Language): boolean => languageTable[language].interpreter === 'python';

const publisher = 'https://cdn.jsdelivr.net/pyodide/vVERSION/full/';

/** The embedded sandbox: Pyodide in a process of its own that may read its own files and nothing else. */
export function createWasmExecutor(parts: WasmExecutorParts): WasmExecutor {
  const folder = path.join(parts.cacheFolder, 'packages');
  const files: RealmFiles = { ...parts.files, packages: folder };
  const source = new RealmSource({ ...parts, files });
  /** By the run for which each was taken, until that is over. */
  const taken = new Map<string, ChildSandbox>();
  const store = new PackageStore({
    folder,
    lock: lazy(async () => readLock(files.lock ?? path.join(files.pyodide, 'pyodide-lock.json'))),
    baseUrl: async () => parts.packageUrl ?? publisher.replace('VERSION', await pyodideVersion(files)),
  });

  async function describe(): Promise<SandboxStatus> {
    const empty = { backend: 'wasm', runtime: 'pyodide', image: '', digest: '' } as const;
    try {
      const [{ note }, version] = await Promise.all([source.shell(), pyodideVersion(files)]);
      const digest = await source.digest();
      const sandbox = { runtime: `pyodide ${version}, ${note}`, image: `pyodide ${version}`, digest };
      const packages = (await store.list()).filter(({ here }) => here).map(({ name }) => name);
      return { available: true, sandbox: { ...empty, ...sandbox }, packages };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const reason = `The embedded Python is not complete; reinstall Glovebox. ${why}`;
      return { available: false, reason, sandbox: empty };
    }
  }

  const executor = createRunnerExecutor({
    describe,
    refuse: async (language) => unsuited(language, 'wasm'),
    keeps: ({ language }) => isPython(language),
    take: async ({ language, runId }, signal) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (!isPython(language)) return source.takeScript(signal);
      const realm = await source.take(signal);
      taken.set(runId, realm);
      return realm;
    },
    discard: (realm) => {
      // A run that failed before it began has no result to be explained.
      for (const [runId, held] of taken) if (held === realm) taken.delete(runId);
      source.discard(realm);
    },
    explain: async (result) => {
      const realm = taken.get(result.runId);
      taken.delete(result.runId);
      if (realm !== undefined) source.ran(realm);
      if (result.status === 'oom') return withNotice(result, wholeProcess);
      const module = missingModule(result);
      if (module === undefined) return result;
      const { notice, fetch } = await store.adviceOn(module);
      return { ...withNotice(result, notice), ...(fetch === undefined ? {} : { missingPackage: fetch }) };
    },
    prepare: async (progress, signal) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await source.prepare(progress, signal);
    },
    close: async () => source.close(),
    runsFolder: parts.runsFolder,
    atOnce,
    interrupts: interruptible.has('wasm'),
    sessionIdleMs: parts.sessionIdleSeconds * 1000,
  });
  return { ...executor, settingsChanged: () => source.settingsChanged(), packages: store };
}
