import type { Limits } from '../../core/limits.ts';
import type { RunRequest } from '../../core/run.ts';
import { Session } from '../session/session.ts';
import type { Site } from './dockerSite.ts';
import { runInSandbox } from '../runner/runInSandbox.ts';
import type { SandboxSource } from './sandboxSource.ts';
import type { DockerSettings } from './settings.ts';
import { shapeOf } from './containerSpec.ts';

export interface SessionOrder {
  readonly source: SandboxSource;
  readonly ready: Site;
  readonly settings: DockerSettings;
  readonly limits: Limits;
  /** Of the first run's files, for which the work folder has to have room. */
  readonly inputBytes: number;
  readonly folderOf: (request: RunRequest) => string;
}

/** What a session is made for: its sandbox can't be changed any more. */
export function sessionWish(settings: DockerSettings, limits: Limits): string {
  const { host, context, runtime, packages, customImage } = settings;
  return JSON.stringify([host, context, runtime, packages, customImage, shapeOf(limits)]);
}

/** Takes a container that has never run anything and gives it to one conversation for good. */
export async function openSession(order: SessionOrder, signal: AbortSignal): Promise<Session> {
  const { source, ready, settings, limits, inputBytes, folderOf } = order;
  const sandbox = await source.take(ready, settings, { language: 'python', limits, inputBytes }, signal);
  return new Session({
    sandbox,
    madeFor: sessionWish(settings, limits),
    idleMs: settings.sessionIdleSeconds * 1000,
    run: async (request, emit, stop, times) => {
      const context = { info: ready.info, folder: folderOf(request), session: true, ...times };
      return runInSandbox(sandbox, request, context, emit, stop);
    },
    ended: () => source.discard(sandbox),
  });
}
