import type { Executor, SandboxStatus } from '../core/ports.ts';
import type { Backend, RunEvent, RunRequest, RunResult, SandboxInfo } from '../core/run.ts';

export type SandboxChoice = 'auto' | Backend;

export interface ChooseParts {
  /** Read anew for each run. */
  readonly choice: () => SandboxChoice;
  /** Loads a sandbox on first use; undefined where this build does not have it. */
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
    const choice =
      parts.choice() === 'auto' && request?.backend !== undefined ? request.backend : parts.choice();
    if (choice !== 'auto') return named(choice, `chosen by the setting`);
    const docker = await named('docker', 'chosen because an engine answers');
    if (docker.status.available) return docker;
    return named('wasm', `chosen because there is no Docker here: ${docker.status.reason}`);
  }

  /** With each sandbox that is loaded; of those that are not, nothing can be under way. */
  async function each(step: (executor: Executor) => Promise<void>): Promise<void> {
    for (const loading of parts.loaded()) {
      const executor = await loading.catch(() => undefined);
      if (executor !== undefined) await step(executor);
    }
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
      const finish = (result: RunResult): RunResult => ({ ...result, sandbox: explain(result.sandbox) });
      const result = await executor.execute(
        request,
        (event) => emit(explainEvent(event, explain, finish)),
        signal,
      );
      return finish(result);
    },
    prepare: async (progress, signal) => (await choose()).executor.prepare?.(progress, signal),
    settingsChanged() {
      for (const loading of parts.loaded())
        void loading.then(
          (executor) => executor.settingsChanged?.(),
          () => undefined,
        );
    },
    async alive() {
      // Containers are all that can outlive their process.
      if (parts.choice() !== 'auto' && parts.choice() !== 'docker') return [];
      return (await (await parts.load('docker')).alive?.()) ?? [];
    },
    async pruneImages() {
      return (await (await parts.load('docker')).pruneImages?.()) ?? { removed: [], kept: [] };
    },
    interruptSession: async (id) => each(async (executor) => executor.interruptSession?.(id)),
    closeSession: async (id) => each(async (executor) => executor.closeSession?.(id)),
    async close() {
      for (const loaded of await Promise.allSettled(parts.loaded())) {
        if (loaded.status === 'fulfilled') await loaded.value.close();
      }
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
