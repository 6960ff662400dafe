import path from 'node:path';
import { GloveboxError } from '../../core/errors.ts';
import type { Executor, SandboxStatus } from '../../core/ports.ts';
import {
  emptyResult,
  type RunEvent,
  type RunRequest,
  type RunResult,
  type SandboxInfo,
} from '../../core/run.ts';
import { Places } from '../pool/places.ts';
import { NeverStarted, runInSandbox } from '../runner/runInSandbox.ts';
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
}

/** Each run takes ≈ 200 MB and a processor; more at once would only make all of them slow. */
const atOnce = 4;

/** The embedded sandbox: Pyodide in a process of its own that may read its own files and nothing else. */
export function createWasmExecutor(parts: WasmExecutorParts): Executor {
  const source = new RealmSource(parts);
  const places = new Places();
  const closing = new AbortController();

  async function sandboxInfo(): Promise<SandboxInfo> {
    const [{ note }, version] = await Promise.all([source.shell(), pyodideVersion(parts.files)]);
    return {
      backend: 'wasm',
      runtime: `pyodide ${version}, ${note}`,
      image: `pyodide ${version}`,
      digest: await source.key(),
    };
  }

  async function describe(): Promise<SandboxStatus> {
    try {
      return { available: true, sandbox: await sandboxInfo() };
    } catch (error) {
      const sandbox: SandboxInfo = {
        backend: 'wasm',
        runtime: 'pyodide',
        image: '',
        digest: '',
      };
      return {
        available: false,
        reason: `The embedded Python is not complete; reinstall Glovebox. ${messageOf(error)}`,
        sandbox,
      };
    }
  }

  async function attempt(
    request: RunRequest,
    info: SandboxInfo,
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<RunResult> {
    if (request.language !== 'python') {
      return emptyResult(
        request.runId,
        'unavailable',
        info,
        `The embedded sandbox runs Python only. Choose Docker to run ${request.language}.`,
      );
    }
    const asked = performance.now();
    const giveBack = await places.take(atOnce, signal);
    try {
      const placedAt = performance.now();
      const realm = await source.take(signal);
      try {
        realm.begin(request.limits);
        const folder = path.join(parts.runsFolder, request.runId);
        const context = { info, folder, session: false, placedAt, queueMs: placedAt - asked };
        return await runInSandbox(realm, request, context, emit, signal);
      } finally {
        source.discard(realm);
      }
    } finally {
      giveBack();
    }
  }

  return {
    describe,
    async execute(request, emit, signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      const info = (await describe()).sandbox;
      const result = await attempt(request, info, emit, either).catch((error: unknown) => {
        if (either.aborted) return emptyResult(request.runId, 'cancelled', info, 'Cancelled.');
        return emptyResult(request.runId, 'unavailable', info, messageOf(error));
      });
      emit({ kind: 'finished', result });
      return result;
    },
    prepare: async (progress, signal) => source.prepare(progress, signal),
    async close() {
      closing.abort();
      await source.close();
    },
  };
}

function messageOf(error: unknown): string {
  if (error instanceof NeverStarted)
    return 'The embedded Python ended before the program started. Run it again.';
  if (GloveboxError.is(error)) return error.message;
  return error instanceof Error ? error.message : String(error);
}
