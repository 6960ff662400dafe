import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun, run } from '../../../scripts/setup/command.ts';

/** Those that run, or also those that were made and never started. */
export type Which = 'alive' | 'all';

/** The containers of ours, by their ids. */
export async function ourContainers(which: Which): Promise<ReadonlySet<string>> {
  const args = [
    'ps',
    ...(which === 'all' ? ['-a'] : []),
    '--no-trunc',
    '--filter',
    'label=glovebox.owner',
    '--format',
    '{{.ID}}',
  ];
  const output = await mustRun('docker', args);
  return new Set(output.split('\n').filter((line) => line !== ''));
}

/** Waits until none of these containers is left; says which are. */
export async function whenGone(
  ids: ReadonlySet<string>,
  limitMs: number,
  which: Which,
): Promise<readonly string[]> {
  let left: readonly string[] = [...ids];
  for (const deadline = Date.now() + limitMs; left.length > 0 && Date.now() < deadline; await sleep(200)) {
    const now = await ourContainers(which);
    left = left.filter((id) => now.has(id));
  }
  return left;
}

const calmMs = 1000;

/**
 * Waits until no container of ours has been seen between its making and its start for a while. Whoever
 * is killed there leaves it to the next start to take away, and after the last test there is none.
 */
export async function whenStarted(limitMs: number): Promise<void> {
  const args = ['ps', '-aq', '--filter', 'label=glovebox.owner', '--filter', 'status=created'];
  const deadline = Date.now() + limitMs;
  for (
    let calmSince = Date.now();
    Date.now() < deadline && Date.now() - calmSince < calmMs;
    await sleep(100)
  ) {
    const { code, output } = await run('docker', args);
    // Without an engine nothing is made.
    if (code !== 0) return;
    if (output.trim() !== '') calmSince = Date.now();
  }
}
