import type { Executor, SandboxStatus } from '../core/ports.ts';
import {
  emptyResult,
  type Backend,
  type RunEvent,
  type RunRequest,
  type RunResult,
  type SandboxInfo,
} from '../core/run.ts';
import { backendOf } from '../core/selfTest.ts';
import { otherKind } from './otherKind.ts';

export type SandboxChoice = 'auto' | Backend;

export interface ChooseParts {
  /** Read anew for each run. */
  readonly choice: () => SandboxChoice;
  /** Loads a sandbox on first use. */
  readonly load: (backend: Backend) => Promise<Executor>;
  /** Which sandboxes have been loaded, for closing them. */
  readonly loaded: () => readonly Promise<Executor>[];
}

interface Chosen {
  readonly executor: Executor;
  readonly status: SandboxStatus;
}

/**
 * Takes the sandbox that the person chose, or, on `auto`, Docker when it answers and the embedded
 * WebAssembly sandbox when it does not. The result says which and why. A sandbox that was named is
 * never replaced by another one, nor is the one that an approval was given for.
 */
export function chooseSandbox(parts: ChooseParts): Executor {
  async function named(backend: Backend, why: string): Promise<Chosen> {
    const executor = await parts.load(backend);
    const status = await executor.describe();
    return { executor, status: explained(status, why) };
  }

  async function choose(request?: RunRequest): Promise<Chosen> {
    const choice = parts.choice();
    if (choice !== 'auto') return named(choice, `chosen by the setting`);
    const approved = request?.kind === undefined ? undefined : backendOf(request.kind);
    const docker = await named('docker', 'chosen because an engine answers');
    // What was approved for Docker runs there or nowhere.
    if (docker.status.available || approved === 'docker') {
      // Of the others, this setting takes the embedded one alone, as it did when no engine answered.
      return approved === 'wasm' ? named('wasm', 'chosen when the code was approved') : docker;
    }
    const why = docker.status.closed === true ? 'Docker is closed' : 'there is no Docker';
    return named('wasm', `chosen because ${why} here: ${docker.status.reason}`);
  }

  /** Those that are loaded; of the others, nothing can be under way. */
  async function loaded(): Promise<readonly Executor[]> {
    const settled = await Promise.allSettled(parts.loaded());
    return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  }

  return {
    describe: async () => (await choose()).status,
    async execute(
      request: RunRequest,
      emit: (event: RunEvent) => void,
      signal: AbortSignal,
    ): Promise<RunResult> {
      const { executor, status } = await choose(request);
      const explain = (sandbox: SandboxInfo): SandboxInfo => ({ ...sandbox, ...reasonOf(status) });
      const message = otherKind(request.kind, status.sandbox);
      if (message !== undefined) return emptyResult(request.runId, 'unavailable', status.sandbox, message);
      const finish = (result: RunResult): RunResult => ({ ...result, sandbox: explain(result.sandbox) });
      const result = await executor.execute(
        request,
        (event) => emit(explainEvent(event, explain, finish)),
        signal,
      );
      return finish(result);
    },
    refuses: async (language) => (await choose()).executor.refuses(language),
    prepare: async (progress, signal) => (await choose()).executor.prepare?.(progress, signal),
    toPrepare: async (signal) => (await choose()).executor.toPrepare?.(signal),
    settingsChanged() {
      void loaded().then((all) => all.forEach((executor) => executor.settingsChanged?.()));
    },
    async alive() {
      // Containers are all that can outlive their process.
      if (parts.choice() !== 'auto' && parts.choice() !== 'docker') return [];
      return (await (await parts.load('docker')).alive?.()) ?? [];
    },
    async pruneImages() {
      return (await (await parts.load('docker')).pruneImages?.()) ?? { removed: [], kept: [] };
    },
    async interruptSession(id) {
      const all = await loaded();
      const done = await Promise.all(all.map(async (executor) => executor.interruptSession?.(id)));
      return done.includes(true);
    },
    async closeSession(id) {
      for (const executor of await loaded()) await executor.closeSession?.(id);
    },
    async close() {
      // One that hangs must not take from the others the little time that the editor gives.
      await Promise.allSettled((await loaded()).map(async (executor) => executor.close()));
    },
  };
}

function reasonOf(status: SandboxStatus): { reason?: string } {
  return status.sandbox.reason === undefined ? {} : { reason: status.sandbox.reason };
}

function explained(status: SandboxStatus, why: string): SandboxStatus {
  const { reason } = status.sandbox;
  return {
    ...status,
    sandbox: { ...status.sandbox, reason: reason === undefined ? why : `${reason}; ${why}` },
  };
}

function explainEvent(
  event: RunEvent,
  explain: (sandbox: SandboxInfo) => SandboxInfo,
  finish: (result: RunResult) => RunResult,
): RunEvent {
  if (event.kind === 'started') return { ...event, sandbox: explain(event.sandbox) };
  return event.kind === 'finished' ? { ...event, result: finish(event.result) } : event;
}
