import type { Artifact } from '../../core/run.ts';
import type { ArtifactFolder } from '../artifactFolder.ts';
import { whyNotKept } from './whyNotKept.ts';

/** Takes a run's artifacts one after the other. One that can't be kept is left out; the run is as good as it was. */
export class ArtifactIntake {
  readonly #folder: ArtifactFolder;
  readonly #kept: (artifact: Artifact) => void;
  readonly #leftOut = new Map<string, { count: number; readonly example: string }>();
  #countLeft: number;
  #current: { readonly name: string; skipped: boolean } | undefined;

  constructor(folder: ArtifactFolder, maxCount: number, kept: (artifact: Artifact) => void) {
    this.#folder = folder;
    this.#countLeft = maxCount;
    this.#kept = kept;
  }

  async begin(name: string): Promise<void> {
    await this.end();
    this.#current = { name, skipped: false };
    if (--this.#countLeft < 0) await this.#leaveOut('more files than allowed');
    else await this.#try(async () => this.#folder.begin(name));
  }

  /** Throws where no artifact was begun: no runner of ours does that. */
  async append(chunk: Uint8Array): Promise<void> {
    if (this.#current === undefined) throw new Error('The sandbox sent data for no artifact.');
    if (!this.#current.skipped) await this.#try(async () => this.#folder.append(chunk));
  }

  async end(): Promise<void> {
    if (this.#current === undefined) return;
    if (!this.#current.skipped) {
      await this.#try(async () => {
        const artifact = await this.#folder.end();
        if (artifact !== undefined) this.#kept(artifact);
      });
    }
    this.#current = undefined;
  }

  /** For people: what was left out, and why. */
  notices(): readonly string[] {
    return [...this.#leftOut].map(([why, { count, example }]) => {
      const files = count === 1 ? '1 file' : `${count} files`;
      return `${files} in outputs could not be kept (${why}): ${JSON.stringify(example)}`;
    });
  }

  async #try(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      await this.#leaveOut(whyNotKept(error));
    }
  }

  async #leaveOut(why: string): Promise<void> {
    if (this.#current === undefined) return;
    this.#current.skipped = true;
    const before = this.#leftOut.get(why);
    if (before === undefined) this.#leftOut.set(why, { count: 1, example: this.#current.name.slice(0, 200) });
    else before.count++;
    await this.#folder.drop();
  }
}
