import { ensureBaseImage } from '../setup/baseImage.ts';
import { ensureEngine, type Engine } from '../setup/engine.ts';
import { missing, type Log, type Part } from '../setup/part.ts';

/** What the main job runs in, and how it is told so. */
export interface SandboxAtHand {
  readonly docker: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** To be named: an engine that answers would be chosen by itself, also where its image can't be made. */
  readonly named?: 'wasm';
  readonly stop: () => Promise<void>;
}

/** How each part is had; a test has its own. */
export interface Ways {
  engine(log: Log): Promise<Part<Engine>>;
  baseImage(engine: Engine, log: Log): Promise<Part<unknown>>;
  /** Builds the sandbox image and tries it; says whether it works. */
  sandboxImage(env: NodeJS.ProcessEnv): Promise<boolean>;
}

/** The ways of this machine. */
export const machineWays: Omit<Ways, 'sandboxImage'> = { engine: ensureEngine, baseImage: ensureBaseImage };

/** Docker's sandbox where all of it can be had, else the embedded one. Never rejects. */
export async function sandboxAtHand(log: Log, ways: Ways): Promise<SandboxAtHand> {
  const engine = await had('the Docker engine', () => ways.engine(log));
  if (engine.kind === 'missing') {
    sayEmbedded(engine, log);
    return { docker: false, env: {}, stop: async () => undefined };
  }
  const env = { DOCKER_HOST: engine.value.host };
  const lack = await whatIsMissing(engine.value, env, log, ways);
  if (lack === undefined) return { docker: true, env, stop: engine.stop };
  sayEmbedded(lack, log);
  return { docker: false, env, named: 'wasm', stop: engine.stop };
}

interface Lack {
  readonly what: string;
  readonly how: string;
}

async function whatIsMissing(
  engine: Engine,
  env: NodeJS.ProcessEnv,
  log: Log,
  ways: Ways,
): Promise<Lack | undefined> {
  const base = await had('the base image', () => ways.baseImage(engine, log));
  if (base.kind === 'missing') return base;
  const works = await ways.sandboxImage(env).catch(() => false);
  return works ? undefined : { what: 'a sandbox image that works', how: 'See the lines above.' };
}

async function had<T>(what: string, get: () => Promise<Part<T>>): Promise<Part<T>> {
  return get().catch((error: unknown) => missing(what, `Getting it failed: ${String(error)}`));
}

function sayEmbedded({ what, how }: Lack, log: Log): void {
  log(`${what} is missing. ${how}`);
  log('going on with the embedded sandbox, which has Python without packages');
}
