import { access, constants } from 'node:fs/promises';
import type { AppConfig } from './appConfig.ts';
import type { Executor, History } from './core/ports.ts';

export interface HealthCheck {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, or what to do. */
  readonly detail: string;
}

export interface Health {
  readonly sandboxReady: boolean;
  readonly checks: readonly HealthCheck[];
}

interface HealthParts {
  readonly config: AppConfig;
  readonly executor: Executor;
  readonly history: () => Promise<History>;
}

/** Looks at everything a run needs, without running anything. */
export async function checkHealth(parts: HealthParts): Promise<Health> {
  const [sandbox, history, data, key] = await Promise.all([
    sandboxCheck(parts.executor),
    historyCheck(parts.history),
    dataCheck(parts.config.dataFolder),
    keyCheck(parts.config),
  ]);
  const runtime = {
    name: 'runtime',
    ok: true,
    detail: `Node ${process.versions.node} on ${process.platform} ${process.arch}`,
  };
  return { sandboxReady: sandbox.ok, checks: [runtime, sandbox, history, data, key] };
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
