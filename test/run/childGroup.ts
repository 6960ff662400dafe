import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endProcessGroup } from '../../scripts/setup/processGroup.ts';
import type { RunContext } from './context.ts';

export interface GroupEnd {
  readonly code: number | null;
  /** It had to be ended: it took too long, or the run was interrupted. */
  readonly ended: boolean;
}

/** A command in a process group of its own, in the project's folder, ended whole when time is up. */
export async function runGroup(
  command: string,
  args: readonly string[],
  { root, env, limitMs, show, signal }: RunContext,
): Promise<GroupEnd> {
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  child.stdout.on('data', show);
  child.stderr.on('data', show);
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
  const ended = !(await exits(child, deadline));
  await endProcessGroup(child, ended ? 5000 : 0);
  return { code: child.exitCode, ended };
}

async function exits(child: ChildProcess, deadline: AbortSignal): Promise<boolean> {
  try {
    await once(child, 'exit', { signal: deadline });
    return true;
  } catch {
    return false;
  }
}
