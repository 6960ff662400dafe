import { access, constants } from 'node:fs/promises';
import type { AppConfig } from './appConfig.ts';
import type { AliveSandbox, Executor, History } from './core/ports.ts';

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly detail: string;
}

export interface Health {
  readonly sandboxReady: boolean;
  readonly checks: readonly HealthCheck[];
  /** Containers of this product on the engine, of whichever process. */
  readonly alive: readonly AliveSandbox[];
}

interface HealthParts {
  readonly config: AppConfig;
  readonly executor: Executor;
  readonly history: () => Promise<History>;
}

/** Looks at everything a run needs, without running anything. */
export async function checkHealth(parts: HealthParts): Promise<Health> {
  const [sandbox, history, data, key, alive] = await Promise.all([
    sandboxCheck(parts.executor),
    historyCheck(parts.history),
    dataCheck(parts.config.dataFolder),
    keyCheck(parts.config),
    aliveNow(parts.executor),
  ]);
  const runtime = {
    name: 'runtime',
    ok: true,
    detail: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  };
  const checks = [runtime, sandbox, containersCheck(alive), history, data, key];
  return { sandboxReady: sandbox.ok, checks, alive };
}

async function sandboxCheck(executor: Executor): Promise<HealthCheck> {
  const status = await executor.describe();
  const { backend, runtime, reason } = status.sandbox;
  return status.available
    ? {
        name: 'sandbox',
        ok: true,
        detail: `${backend} (${runtime})${reason === undefined ? '' : `: ${reason}`}`,
      }
    : { name: 'sandbox', ok: false, detail: status.reason };
}

async function aliveNow(executor: Executor): Promise<readonly AliveSandbox[]> {
  return (await executor.alive?.().catch(() => [])) ?? [];
}

/** What a process left that was killed is a problem only if the sweep, which has begun by now, can't take it. */
function containersCheck(alive: readonly AliveSandbox[]): HealthCheck {
  const owners = new Set(alive.map(({ owner }) => owner)).size;
  const running = alive.filter(({ state }) => state === 'running').length;
  const stale = alive.filter((one) => one.stale).length;
  const detail =
    alive.length === 0
      ? 'None of ours is on the engine.'
      : `${alive.length} of ours on the engine (${running} running), of ${owners} ${owners === 1 ? 'process' : 'processes'}${stale === 0 ? '' : `; ${stale} left by a process that is gone, being removed`}.`;
  return { name: 'containers', ok: true, detail };
}

async function historyCheck(open: () => Promise<History>): Promise<HealthCheck> {
  try {
    await (await open()).list({ limit: 1 });
    return { name: 'history', ok: true, detail: 'The execution history can be read and written.' };
  } catch (error) {
    return { name: 'history', ok: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

async function dataCheck(folder: string): Promise<HealthCheck> {
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  const detail = writable ? folder : `${folder} can't be written; set GLOVEBOX_DATA to a folder that can.`;
  return { name: 'data folder', ok: writable, detail };
}

async function keyCheck(config: AppConfig): Promise<HealthCheck> {
  const key = await config.apiKey();
  return key === undefined || key === ''
    ? {
        name: 'API key',
        ok: false,
        detail: 'None is set; the agent needs one, running code by hand does not.',
      }
    : { name: 'API key', ok: true, detail: 'A key is set.' };
}
