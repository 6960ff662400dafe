import { ensureBaseImage } from '../../scripts/setup/baseImage.ts';
import { ensureBrowser } from '../../scripts/setup/browser.ts';
import { ensurePrograms } from '../../scripts/setup/debianCommands.ts';
import { ensureEngine } from '../../scripts/setup/engine.ts';
import type { Log, Part } from '../../scripts/setup/part.ts';
import { ensureWorkbench } from '../../scripts/setup/workbench.ts';
import type { Need } from './suites.ts';

export interface Machine {
  /** What could not be had: what is missing, and what to do. */
  readonly missing: readonly string[];
  readonly lacks: ReadonlySet<Need>;
  readonly env: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

/** Gets what these needs ask for; what can't be had is named and the rest goes on. */
export async function prepareMachine(needs: ReadonlySet<Need>, log: Log): Promise<Machine> {
  const missing: string[] = [];
  const lacks = new Set<Need>();
  const env: NodeJS.ProcessEnv = {};
  const stops: (() => Promise<void>)[] = [];
  const take = <T>(need: Need, part: Part<T>): T | undefined => {
    if (part.kind === 'ready') {
      stops.unshift(part.stop);
      return part.value;
    }
    missing.push(`${part.what}: ${part.how}`);
    lacks.add(need);
    return undefined;
  };
  if (needs.has('engine')) {
    for (const part of await ensurePrograms(log)) {
      if (part.kind === 'missing') missing.push(`${part.what}: ${part.how}`);
    }
    const engine = take('engine', await ensureEngine(log));
    if (engine !== undefined) {
      env['DOCKER_HOST'] = engine.host;
      take('engine', await ensureBaseImage(engine, log));
    }
  }
  if (needs.has('browser')) take('browser', await ensureBrowser(log));
  if (needs.has('workbench')) {
    take('workbench', await ensureWorkbench(log));
  }
  const stop = async (): Promise<void> => {
    for (const end of stops) await end();
  };
  return { missing, lacks, env, stop };
}
