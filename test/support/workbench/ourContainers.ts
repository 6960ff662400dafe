import { setTimeout as sleep } from 'node:timers/promises';
import { mustRun } from '../../../scripts/setup/command.ts';

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
