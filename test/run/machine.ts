import { ensureBaseImage } from '../../scripts/setup/baseImage.ts';
import { ensureBrowser } from '../../scripts/setup/browser.ts';
import { ensurePrograms } from '../../scripts/setup/debianCommands.ts';
import { ensureEngine, type Engine } from '../../scripts/setup/engine.ts';
import { missing, type Log, type Part } from '../../scripts/setup/part.ts';
import { ensureWorkbench } from '../../scripts/setup/workbench.ts';
import type { Need } from './suites.ts';

export interface Machine {
  /** What could not be had: what is missing, and what to do. */
  readonly missing: readonly string[];
  readonly lacks: ReadonlySet<Need>;
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** How each part is had; a test has its own. */
export interface Ways {
  programs(log: Log): Promise<readonly Part<string>[]>;
  engine(log: Log): Promise<Part<Engine>>;
  baseImage(engine: Engine, log: Log): Promise<Part<unknown>>;
  browser(log: Log): Promise<Part<unknown>>;
  workbench(log: Log): Promise<Part<unknown>>;
}

const ways: Ways = {
  programs: ensurePrograms,
  engine: ensureEngine,
  baseImage: ensureBaseImage,
  browser: ensureBrowser,
  workbench: ensureWorkbench,
};

/** Gets what these needs ask for; what can't be had, or fails on the way, is named and the rest goes on. */
export async function prepareMachine(needs: ReadonlySet<Need>, log: Log, by: Ways = ways): Promise<Machine> {
  const absent: string[] = [];
  const lacks = new Set<Need>();
  const env: NodeJS.ProcessEnv = {};
  const stops: (() => Promise<void>)[] = [];
  const take = async <T>(need: Need, get: () => Promise<Part<T>>): Promise<T | undefined> => {
    const part = await get().catch((error: unknown) =>
      missing(`the ${need}`, `Getting it failed: ${String(error)}`),
    );
    if (part.kind === 'ready') {
      stops.unshift(part.stop);
      return part.value;
    }
    absent.push(`${part.what}: ${part.how}`);
    lacks.add(need);
    return undefined;
  };
  if (needs.has('engine')) {
    const programs = await by.programs(log).catch((error: unknown) => [missing('programs', String(error))]);
    for (const part of programs) {
      if (part.kind === 'missing') absent.push(`${part.what}: ${part.how}`);
    }
    const engine = await take('engine', () => by.engine(log));
    if (engine !== undefined) {
      env['DOCKER_HOST'] = engine.host;
      await take('engine', () => by.baseImage(engine, log));
    }
  }
  if (needs.has('browser')) await take('browser', () => by.browser(log));
  if (needs.has('workbench')) await take('workbench', () => by.workbench(log));
  const stop = async (): Promise<void> => {
    for (const end of stops) await end();
  };
  return { missing: absent, lacks, env, stop };
}
