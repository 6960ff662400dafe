import type { Memento } from 'vscode';

const key = 'glovebox.edits';
/** The editor reads all of it when the extension starts, so it must stay small. */
const mostEdits = 5;
const mostCharacters = 50_000;
const longestMs = 30 * 24 * 60 * 60 * 1000;

/** A copy as it was opened or last saved. */
export interface KeptEdit {
  readonly address: string;
  readonly text: string;
  /** When, in milliseconds since 1970. */
  readonly at: number;
}

/** Copies for after a reload of the window: the newest few, and none that nobody came back to. */
export class KeptEdits {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  all(): readonly KeptEdit[] {
    const kept = this.#memory.get<unknown>(key);
    if (!Array.isArray(kept)) return [];
    return kept.filter(isKeptEdit).filter(({ at }) => Date.now() - at < longestMs);
  }

  keep(edit: KeptEdit): void {
    const others = this.all().filter(({ address }) => address !== edit.address);
    const fits = edit.text.length <= mostCharacters;
    this.#set(fits ? [...others, edit].slice(-mostEdits) : others);
  }

  forget(address: string): void {
    const kept = this.all();
    const others = kept.filter((edit) => edit.address !== address);
    if (others.length < kept.length) this.#set(others);
  }

  #set(edits: readonly KeptEdit[]): void {
    void this.#memory.update(key, edits.length === 0 ? undefined : edits);
  }
}

function isKeptEdit(value: unknown): value is KeptEdit {
  if (typeof value !== 'object' || value === null) return false;
  const { address, text, at } = value as Record<string, unknown>;
  return typeof address === 'string' && typeof text === 'string' && typeof at === 'number';
}
