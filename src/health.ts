import { access, constants } from 'node:fs/promises';
import type { AppConfig } from './appConfig.ts';
import type { AliveSandbox, Executor, History, SandboxStatus } from './core/ports.ts';

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly detail: string;
}

export interface Health {
  readonly sandboxReady: boolean;
  /** What the first run still has to make. */
  readonly toPrepare?: string;
  readonly checks: readonly HealthCheck[];
  /** Containers of this product on the engine, of whichever process. */
  readonly alive: readonly AliveSandbox[];
}

export interface HealthParts {
  readonly config: Pick<AppConfig, 'dataFolder' | 'dataFolderAdvice' | 'apiKey' | 'editorModel'>;
  readonly executor: Pick<Executor, 'describe' | 'alive' | 'toPrepare'>;
  readonly history: () => Promise<History>;
}

/** Looks at everything a run needs, without running anything. */
export async function checkHealth(parts: HealthParts): Promise<Health> {
  const [status, history, data, key, alive] = await Promise.all([
    parts.executor.describe(),
    historyCheck(parts.history),
    dataCheck(parts.config),
    keyCheck(parts.config),
    aliveNow(parts.executor),
  ]);
  const toPrepare = status.available
    ? await parts.executor.toPrepare?.(new AbortController().signal)
    : undefined;
  const sandbox = sandboxCheck(status, toPrepare);
  const runtime = {
    name: 'runtime',
    ok: true,
    detail: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  };
  // Without an engine there is nothing to say of containers on it.
  const containers = status.available && status.sandbox.backend === 'docker' ? [containersCheck(alive)] : [];
  const checks = [runtime, sandbox, ...containers, history, data, key];
  return {
    sandboxReady: sandbox.ok,
    ...(toPrepare === undefined ? {} : { toPrepare }),
    checks,
    alive,
  };
}

function sandboxCheck(status: SandboxStatus, toPrepare: string | undefined): HealthCheck {
  if (!status.available) return { name: 'sandbox', ok: false, detail: status.reason };
  const { backend, runtime, reason } = status.sandbox;
  const which = `${backend} (${runtime})${reason === undefined ? '' : `: ${reason}`}`;
  return { name: 'sandbox', ok: true, detail: toPrepare === undefined ? which : `${toPrepare} ${which}` };
}

async function aliveNow(executor: HealthParts['executor']): Promise<readonly AliveSandbox[]> {
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

async function dataCheck({
  dataFolder: folder,
  dataFolderAdvice,
}: HealthParts['config']): Promise<HealthCheck> {
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  const detail = writable ? folder : `${folder} can't be written. ${dataFolderAdvice}`;
  return { name: 'data folder', ok: writable, detail };
}

async function keyCheck(config: HealthParts['config']): Promise<HealthCheck> {
  if (config.editorModel?.() !== undefined)
    return { name: 'API key', ok: true, detail: 'The chosen model is one of the editor and needs none.' };
  const key = await config.apiKey();
  return key === undefined || key === ''
    ? {
        name: 'API key',
        ok: false,
        detail: 'None is set; the agent needs one, running code by hand does not.',
      }
    : { name: 'API key', ok: true, detail: 'A key is set.' };
}
