import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

const prefix = 'self-test-';
/** No self-test takes so long, so none of another window is under way in a folder of this age. */
const oldMs = 3_600_000;

/** An id for a run of the self-test; its output is kept under it, and belongs to no history. */
export function selfTestRunId(): string {
  return `${prefix}${randomUUID()}`;
}

/** Takes away what runs of self-tests have left, which are no part of the history. */
export class Leftovers {
  readonly #runsFolder: string;

  constructor(runsFolder: string) {
    this.#runsFolder = runsFolder;
  }

  async of(runId: string): Promise<void> {
    await rm(path.join(this.#runsFolder, runId), { recursive: true, force: true });
  }

  /** Those of earlier versions, and of windows that ended in the middle. */
  async sweep(now = Date.now()): Promise<void> {
    const names = await readdir(this.#runsFolder).catch(() => []);
    for (const name of names.filter((each) => each.startsWith(prefix))) {
      const found = await stat(path.join(this.#runsFolder, name)).catch(() => undefined);
      if (found !== undefined && now - found.mtimeMs > oldMs) await this.of(name).catch(() => undefined);
    }
  }
}
