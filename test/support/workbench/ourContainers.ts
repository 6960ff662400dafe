import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun } from '../../../scripts/setup/command.ts';

/**
 * The containers of ours that are alive, by their ids. One that was made and never started, because its
 * owner died in between, runs nothing; the sweep at the next start takes it.
 */
export async function ourContainers(): Promise<ReadonlySet<string>> {
  const args = ['ps', '--no-trunc', '--filter', 'label=glovebox.owner', '--format', '{{.ID}}'];
  const output = await mustRun('docker', args);
  return new Set(output.split('\n').filter((line) => line !== ''));
}

/** Waits until none of these containers is left; says which are. */
export async function whenGone(ids: ReadonlySet<string>, limitMs: number): Promise<readonly string[]> {
  let left: readonly string[] = [...ids];
  for (const deadline = Date.now() + limitMs; left.length > 0 && Date.now() < deadline; await sleep(200)) {
    const now = await ourContainers();
    left = left.filter((id) => now.has(id));
  }
  return left;
}
