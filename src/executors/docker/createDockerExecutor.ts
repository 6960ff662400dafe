import path from 'node:path';
import { GloveboxError } from '../../core/errors.ts';
import type { Limits } from '../../core/limits.ts';
import type { AliveSandbox, Executor, PrunedImages, SandboxStatus } from '../../core/ports.ts';
import { emptyResult, type RunEvent, type RunRequest, type RunResult } from '../../core/run.ts';
import { absentInterpreter } from './absentInterpreter.ts';
import { aliveContainers } from './aliveContainers.ts';
import type { Session } from '../session/session.ts';
import { DockerSite } from './dockerSite.ts';
import { openSession, sessionWish } from './openSession.ts';
import { newOwnerId, processSpace } from './ownership.ts';
import { Places } from '../pool/places.ts';
import { pruneImages } from './images/pruneImages.ts';
import { targetOf } from './images/targetOf.ts';
import { isCancelled, messageOf, worthAnotherTry } from './runFailure.ts';
import { SilentEngine } from './patience.ts';
import { withNotice } from '../missingModule.ts';
import { inputBytesOf } from '../roomForInput.ts';
import { runInSandbox } from '../runner/runInSandbox.ts';
import { SandboxSource } from './sandboxSource.ts';
import { requireKind } from '../otherKind.ts';
import { lostState, Sessions } from '../session/sessions.ts';
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

/** The Docker sandbox, with what only it can do. */
export interface DockerExecutor extends Executor {
  interruptSession(sessionId: string): Promise<boolean>;
  closeSession(sessionId: string): Promise<void>;
  /** A session of its own, for those who keep the object; it ends with `close()` or when idle. */
  openSession(limits: Limits, signal: AbortSignal): Promise<Session>;
  /** Every container on the engine that carries our label; empty when no engine answers. */
  alive(): Promise<readonly AliveSandbox[]>;
  pruneImages(): Promise<PrunedImages>;
  settingsChanged(): void;
}

interface Times {
  readonly placedAt: number;
  readonly queueMs: number;
}

type Emit = (event: RunEvent) => void;

/** The Docker sandbox. Nothing is connected, built or started before it is needed. */
export function createDockerExecutor(parts: DockerExecutorParts): DockerExecutor {
  const space = processSpace(path.dirname(parts.runsFolder));
  const site = new DockerSite(parts.root, space);
  const places = new Places();
  const owner = parts.owner ?? newOwnerId(space);
  const source = new SandboxSource(owner);
  const sessions = new Sessions();
  const running = new Set<Promise<unknown>>();
  const closing = new AbortController();

  async function describe(): Promise<SandboxStatus> {
    return site.status(parts.settings());
  }

  function execute(request: RunRequest, emit: Emit, signal: AbortSignal): Promise<RunResult> {
    const run = toTheEnd(request, emit, signal).finally(() => running.delete(run));
    running.add(run);
    return run;
  }

  async function toTheEnd(request: RunRequest, emit: Emit, signal: AbortSignal): Promise<RunResult> {
    const anySignal = AbortSignal.any([signal, closing.signal]);
    const result = await placed(request, emit, anySignal).catch((error: unknown) => {
      // Asking anew would wait once more for an engine that does not answer.
      const sandbox = site.known(parts.settings());
      if (error instanceof SilentEngine) site.forget();
      return anySignal.aborted || isCancelled(error)
        ? emptyResult(request.runId, 'cancelled', sandbox, 'Cancelled.')
        : emptyResult(request.runId, 'unavailable', sandbox, messageOf(error));
    });
    emit({ kind: 'finished', result });
    return result;
  }

  async function placed(request: RunRequest, emit: Emit, signal: AbortSignal): Promise<RunResult> {
    const asked = performance.now();
    const settings = parts.settings();
    const giveBack = await places.take(settings.maxConcurrent, signal);
    try {
      const placedAt = performance.now();
      const times = { placedAt, queueMs: placedAt - asked };
      for (let tries = 0; ; tries++) {
        try {
          const result =
            request.sessionId === undefined || !sharesSession(request)
              ? await runFresh(request, settings, times, emit, signal)
              : await runInSession(request.sessionId, request, times, emit, signal);
          return withNotice(result, absentInterpreter(request, result, settings));
        } catch (error) {
          // An engine that was restarted or cleared takes the waiting containers along; twice is no accident.
          if (!worthAnotherTry(error) || tries > 0 || signal.aborted) throw error;
          site.forget();
        }
      }
    } finally {
      giveBack();
    }
  }

  async function runFresh(
    request: RunRequest,
    settings: DockerSettings,
    times: Times,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const { language, limits, files } = request;
    const ready = await site.ready(settings, language, progressTo(emit), signal);
    requireKind(request.kind, ready.info);
    const inputBytes = inputBytesOf(files);
    const sandbox = await source.take(ready, settings, { language, limits, inputBytes }, signal);
    try {
      const context = { info: ready.info, folder: folderOf(request), session: false, ...times };
      return await runInSandbox(sandbox, request, context, emit, signal);
    } finally {
      source.discard(sandbox);
    }
  }

  async function runInSession(
    id: string,
    request: RunRequest,
    times: Times,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const wish = sessionWish(parts.settings(), request.limits);
    const session = await sessions.get(id, wish, async () => open(request, emit, signal));
    const result = await session.run(request, emit, signal, times);
    if (!sessions.takeLoss(id)) return result;
    return { ...result, notices: [lostState, ...result.notices] };
  }

  async function open(
    { limits, kind, files }: Pick<RunRequest, 'limits' | 'kind' | 'files'>,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<Session> {
    const settings = parts.settings();
    const ready = await site.ready(settings, 'python', progressTo(emit), signal);
    requireKind(kind, ready.info);
    const inputBytes = inputBytesOf(files);
    return openSession({ source, ready, settings, limits, inputBytes, folderOf }, signal);
  }

  function folderOf(request: RunRequest): string {
    return path.join(parts.runsFolder, request.runId);
  }

  return {
    describe,
    // Our image has them all; what is missing in a person's own is told after the run that missed it.
    refuses: async () => undefined,
    execute,
    interruptSession: async (id) => sessions.interrupt(id),
    closeSession: async (id) => sessions.close(id),
    openSession: async (limits, signal) => {
      return open({ limits, files: [] }, () => undefined, AbortSignal.any([signal, closing.signal]));
    },
    toPrepare: async (signal) => {
      const settings = parts.settings();
      const lacks = await site.lacksImage(settings, signal).catch(() => false);
      if (!lacks) return undefined;
      return settings.customImage === ''
        ? 'Docker answers. The image is built at the first run, which takes a minute or two.'
        : `Docker answers. The first run makes ${settings.customImage} ready, which may take minutes.`;
    },
    alive: async () => {
      const found = await site.engine(parts.settings());
      return 'docker' in found ? aliveContainers(found.docker, space).catch(() => []) : [];
    },
    pruneImages: async () => {
      const found = await site.engine(parts.settings());
      if (!('docker' in found)) throw new GloveboxError('no-sandbox', found.unavailable);
      // An image that a waiting container stands on can't go.
      await source.drain();
      const pruned = await pruneImages(found.docker);
      site.forgetImages();
      return pruned;
    },
    settingsChanged: () => source.keepOnly(parts.settings(), parts.limits()),
    prepare: async (progress, signal) => {
      const settings = parts.settings();
      const ready = await site.ready(settings, 'python', progress, signal);
      await source.prepare(ready, settings, parts.limits(), signal);
    },
    close: async () => {
      closing.abort();
      await Promise.allSettled(running);
      await sessions.closeAll();
      await source.close();
      await site.close(owner);
    },
  };
}

/** Node.js is in an image of its own, and keeps nothing from one program to the next. */
function sharesSession({ language }: RunRequest): boolean {
  return targetOf(language) === 'python';
}

function progressTo(emit: Emit): (message: string) => void {
  return (message) => emit({ kind: 'progress', message });
}
