import path from 'node:path';
import { GloveboxError } from '../../core/errors.ts';
import type { Limits } from '../../core/limits.ts';
import type { Executor, SandboxStatus } from '../../core/ports.ts';
import {
  emptyResult,
  type RunEvent,
  type RunRequest,
  type RunResult,
  type SandboxInfo,
} from '../../core/run.ts';
import { newOwnerId } from './containerLabels.ts';
import { DockerSite } from './dockerSite.ts';
import { Places } from './places.ts';
import { NeverStarted, runInSandbox } from './runInSandbox.ts';
import { SandboxSource } from './sandboxSource.ts';
import type { DockerSettings } from './settings.ts';

export interface DockerExecutorParts {
  /** Folder that holds `sandbox/`. */
  readonly root: string;
  /** Asked before every run, so that a change counts from the next run on. */
  readonly settings: () => DockerSettings;
  /** What waiting containers are made for. */
  readonly limits: () => Limits;
  /** Artifacts of a run are put in a folder of its id below this one. */
  readonly runsFolder: string;
  /** Put on every container as `glovebox.owner`. */
  readonly owner?: string;
}

const unknownSandbox: SandboxInfo = { backend: 'docker', runtime: '', image: '', digest: '' };

/** The Docker sandbox. Nothing is connected, built or started before it is needed. */
export function createDockerExecutor(parts: DockerExecutorParts): Executor {
  const site = new DockerSite(parts.root);
  const places = new Places();
  const source = new SandboxSource(parts.owner ?? newOwnerId());
  const closing = new AbortController();

  async function describe(): Promise<SandboxStatus> {
    try {
      const found = await site.engine(parts.settings());
      if ('docker' in found) return { available: true, sandbox: site.info(found, parts.settings()) };
      return { available: false, reason: found.unavailable, sandbox: unknownSandbox };
    } catch (error) {
      return { available: false, reason: messageOf(error), sandbox: unknownSandbox };
    }
  }

  async function execute(
    request: RunRequest,
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const anySignal = AbortSignal.any([signal, closing.signal]);
    const result = await attempt(request, emit, anySignal).catch(async (error: unknown) => {
      const { sandbox } = await describe();
      if (anySignal.aborted) return emptyResult(request.runId, 'cancelled', sandbox, 'Cancelled.');
      return emptyResult(request.runId, 'unavailable', sandbox, messageOf(error));
    });
    emit({ kind: 'finished', result });
    return result;
  }

  async function attempt(
    request: RunRequest,
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const asked = performance.now();
    const settings = parts.settings();
    const giveBack = await places.take(settings.maxConcurrent, signal);
    try {
      const placedAt = performance.now();
      for (let tries = 0; ; tries++) {
        try {
          return await runOnce(request, settings, { placedAt, queueMs: placedAt - asked }, emit, signal);
        } catch (error) {
          // An engine that was restarted takes the waiting containers along; once is bad luck.
          if (!retryable(error) || tries > 0 || signal.aborted) throw error;
          site.forget();
        }
      }
    } finally {
      giveBack();
    }
  }

  async function runOnce(
    request: RunRequest,
    settings: DockerSettings,
    times: { readonly placedAt: number; readonly queueMs: number },
    emit: (event: RunEvent) => void,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const ready = await site.ready(settings, (message) => emit({ kind: 'progress', message }), signal);
    const sandbox = await source.take(ready, settings, request.limits, signal);
    try {
      const folder = path.join(parts.runsFolder, request.runId);
      const context = { info: ready.info, folder, session: false, ...times };
      return await runInSandbox(sandbox, request, context, emit, signal);
    } finally {
      source.discard(sandbox);
    }
  }

  return {
    describe,
    execute,
    prepare: async (progress, signal) => {
      const settings = parts.settings();
      const ready = await site.ready(settings, progress, signal);
      await source.prepare(ready, settings, parts.limits());
    },
    close: async () => {
      closing.abort();
      await source.close();
      site.forget();
    },
  };
}

function retryable(error: unknown): boolean {
  if (error instanceof NeverStarted) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ENOENT' || code === 'EPIPE';
}

function messageOf(error: unknown): string {
  if (GloveboxError.is(error)) return error.message;
  return error instanceof Error ? error.message.trim() : String(error);
}
