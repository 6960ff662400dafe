import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { endProcessGroup } from '../../scripts/setup/processGroup.ts';

export interface GroupEnd {
  readonly code: number | null;
  /** It had to be ended: it took too long, or the run was interrupted. */
  readonly ended: boolean;
}

/** A command in a process group of its own, shown while it runs, and ended whole when time is up. */
export async function runGroup(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  limitMs: number,
  signal: AbortSignal,
): Promise<GroupEnd> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const show = (chunk: Buffer): void => void process.stdout.write(chunk);
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
