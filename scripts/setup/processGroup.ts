import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

function signalGroup(id: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-id, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends a child that was started `detached`, with everything it started: asks, waits, kills, and comes
 * back when the group is gone, so that nobody writes into a folder that is about to be removed.
 */
export async function endProcessGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const id = child.pid;
  if (id === undefined) return;
  signalGroup(id, 'SIGTERM');
  for (const deadline = Date.now() + graceMs; Date.now() < deadline; await sleep(50)) {
    if (!signalGroup(id, 0)) return;
    if (child.exitCode !== null || child.signalCode !== null) break;
  }
  signalGroup(id, 'SIGKILL');
  for (const deadline = Date.now() + 5000; signalGroup(id, 0) && Date.now() < deadline; await sleep(20));
}
