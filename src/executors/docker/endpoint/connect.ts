import { access } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type Dockerode from 'dockerode';
import { GloveboxError } from '../../../core/errors.ts';
import type { Disposable } from '../../../core/lifecycle.ts';
import { caveatOf } from '../engineLimits.ts';
import type { Candidate, Machine } from './candidates.ts';
import { explainNamed, explainUsual, failureOf, type Failure } from './explain.ts';
import { identify, type Engine } from './identify.ts';
import { resolveCandidates, type EndpointSettings } from './resolve.ts';
import { transport } from './transport.ts';

export interface Connected extends Disposable {
  /** Lets go of what is idle now and of what is in use when it is done; `dispose` breaks it off. */
  retire(): void;
  readonly docker: Dockerode;
  readonly engine: Engine;
  /** For people: "Docker Engine 27.1 at unix:///var/run/docker.sock (DOCKER_HOST)". */
  readonly reason: string;
}

export interface Unavailable {
  /** For people: what is wrong and what to do. */
  readonly unavailable: string;
}

/** This machine, as it is. */
export function thisMachine(): Machine {
  return { platform: process.platform, home: os.homedir(), uid: process.getuid?.(), env: process.env };
}

/** Finds an engine that answers; expected failures are told, not thrown. Every question has a time limit. */
export async function connect(
  settings: EndpointSettings,
  machine: Machine = thisMachine(),
): Promise<Connected | Unavailable> {
  try {
    const candidates = await resolveCandidates(settings, machine);
    const failures: Failure[] = [];
    // Asked all at once, answered in order: a socket that hangs costs its own time limit at most.
    const attempts = candidates.map((candidate) => tryCandidate(candidate));
    for (const [index, attempt] of attempts.entries()) {
      const outcome = await attempt;
      if ('docker' in outcome) {
        for (const later of attempts.slice(index + 1)) void later.then(letGo);
        return outcome;
      }
      failures.push(outcome);
    }
    const named = failures.find(({ candidate }) => candidate.explicit);
    if (named !== undefined) return { unavailable: explainNamed(named) };
    const installed = {
      docker: await onPath('docker', machine),
      podman: await onPath('podman', machine),
    };
    return { unavailable: explainUsual(failures, installed, machine.platform) };
  } catch (error) {
    if (GloveboxError.is(error)) return { unavailable: error.message };
    throw error;
  }
}

function letGo(outcome: Connected | Failure): void {
  if ('docker' in outcome) outcome.dispose();
}

async function tryCandidate(candidate: Candidate): Promise<Connected | Failure> {
  if (candidate.host.startsWith('unix://')) {
    const failure = await access(candidate.host.slice('unix://'.length)).then(
      () => undefined,
      (error: unknown) => failureOf(candidate, error),
    );
    if (failure !== undefined) return failure;
  }
  const way = transport(candidate);
  const { docker, patienceMs } = way;
  const ends = { retire: (): void => way.retire(), dispose: (): void => way.dispose() };
  try {
    const engine = await identify(docker, candidate.host, patienceMs);
    const how = `${engine.name} ${engine.version}${engine.rootless ? ' (rootless)' : ''}`;
    const reason = `${how} at ${candidate.host} (${candidate.from})${caveatOf(engine)}`;
    return { docker, engine, reason, ...ends };
  } catch (error) {
    ends.dispose();
    return failureOf(candidate, error);
  }
}

async function onPath(program: string, { env, platform }: Machine): Promise<boolean> {
  const names = platform === 'win32' ? [`${program}.exe`] : [program];
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const found = await Promise.all(
    folders.flatMap((folder) =>
      names.map((name) =>
        access(path.join(folder, name)).then(
          () => true,
          () => false,
        ),
      ),
    ),
  );
  return found.includes(true);
}
