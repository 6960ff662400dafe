import type { Executor, SandboxStatus } from '../../core/ports.ts';
import { createRunnerExecutor } from '../createRunnerExecutor.ts';
import { missingModule, withNotice } from '../missingModule.ts';
import { pyodideVersion } from './pyodideVersion.ts';
import { RealmSource } from './realmSource.ts';
import type { RealmFiles } from './realmCommand.ts';

export interface WasmExecutorParts {
  readonly files: RealmFiles;
  /** Private folder for memory snapshots. */
  readonly cacheFolder: string;
  /** Artifacts of a run are put in a folder of its id below this one. */
  readonly runsFolder: string;
  /** Interpreters that wait for a run; 0 starts one for each run. */
  readonly spares: number;
  /** A session's interpreter ends after so many idle seconds. */
  readonly sessionIdleSeconds: number;
}

/** Each run takes ≈ 200 MB and a processor; more at once would only make all of them slow. */
const atOnce = 4;

/** The embedded sandbox: Pyodide in a process of its own that may read its own files and nothing else. */
export function createWasmExecutor(parts: WasmExecutorParts): Executor {
  const source = new RealmSource(parts);

  async function describe(): Promise<SandboxStatus> {
    const empty = { backend: 'wasm', runtime: 'pyodide', image: '', digest: '' } as const;
    try {
      const [{ note }, version] = await Promise.all([source.shell(), pyodideVersion(parts.files)]);
      const digest = await source.key();
      const sandbox = { runtime: `pyodide ${version}, ${note}`, image: `pyodide ${version}`, digest };
      return { available: true, sandbox: { ...empty, ...sandbox } };
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const reason = `The embedded Python is not complete; reinstall Glovebox. ${why}`;
      return { available: false, reason, sandbox: empty };
    }
  }

  return createRunnerExecutor({
    describe,
    refuse: async ({ language }) =>
      language === 'python'
        ? undefined
        : `The embedded sandbox runs Python only. Choose Docker to run ${language}.`,
    take: async (_, signal) => source.take(signal),
    discard: (realm) => source.discard(realm),
    explain: (result) => {
      const module = missingModule(result);
      if (module === undefined) return result;
      return withNotice(
        result,
        `The embedded sandbox has no ${module}. Install Docker and choose it for code that needs it.`,
      );
    },
    prepare: async (progress, signal) => source.prepare(progress, signal),
    close: async () => source.close(),
    runsFolder: parts.runsFolder,
    atOnce,
    sessionIdleMs: parts.sessionIdleSeconds * 1000,
  });
}
