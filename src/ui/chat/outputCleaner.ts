import type { OutputStream } from '../../core/run.ts';
import { neutralise, openSequenceStart } from '../output/controlText.ts';

/** Makes program output harmless piece by piece, and keeps sequences whole that were cut in two. */
export class OutputCleaner {
  readonly #held = new Map<string, string>();

  readonly clean = (proposalId: string, stream: OutputStream, piece: string): string => {
    const key = `${stream} ${proposalId}`;
    const text = (this.#held.get(key) ?? '') + piece;
    const end = openSequenceStart(text);
    if (end < text.length) this.#held.set(key, text.slice(end));
    else this.#held.delete(key);
    return neutralise(text.slice(0, end));
  };

  /** Gives up what was held back of a run that is over. */
  forget(proposalId: string): void {
    this.#held.delete(`stdout ${proposalId}`);
    this.#held.delete(`stderr ${proposalId}`);
  }
}
