import { setTimeout as sleep } from 'node:timers/promises';
import { leftContainers, leftFiles, leftProcesses } from '../support/leaks.ts';
import { failed, passed, skipped, sum, type Tally } from './tally.ts';

export interface Before {
  readonly startedAt: Date;
  readonly processIds: ReadonlySet<number>;
  readonly mark: string;
  readonly temporary: string;
  readonly root: string;
  readonly engineHost: string | undefined;
}

/** After everything: nothing of ours may be left, given a moment to finish its clean-up. */
export async function selfCheck(before: Before): Promise<Tally> {
  const { engineHost } = before;
  return sum([
    engineHost === undefined
      ? skipped('afterwards: no container of ours is left')
      : await settles('no container of ours is left', () => leftContainers(engineHost, before.startedAt)),
    await settles('no temporary file of ours is left', () => leftFiles(before.temporary)),
    // Elsewhere nothing tells whose a process is.
    process.platform === 'linux'
      ? await settles('no process of ours is left', () =>
          leftProcesses(before.mark, [before.root, before.temporary], before.processIds),
        )
      : skipped('afterwards: no process of ours is left'),
  ]);
}

/** What can't be looked at is not clean, and takes nothing from the other results. */
export async function look(left: () => Promise<readonly string[]>): Promise<readonly string[]> {
  return left().catch((error: unknown) => [`could not be looked at: ${String(error)}`]);
}

async function settles(title: string, left: () => Promise<readonly string[]>): Promise<Tally> {
  let found = await look(left);
  for (let tries = 0; tries < 40 && found.length > 0; tries += 1) {
    await sleep(250);
    found = await look(left);
  }
  console.log(found.length === 0 ? `  ✔ ${title}` : `  ✘ ${title}:\n    ${found.join('\n    ')}`);
  return found.length === 0 ? passed() : failed(`afterwards: ${title}`);
}
