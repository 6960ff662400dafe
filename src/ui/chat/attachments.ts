import type { InputFile } from '../../core/proposal.ts';
import type { Attachment } from '../../protocol/chatState.ts';
import { freeName } from '../files/freeName.ts';

/** A file to attach, and its address where it has one. */
interface Attachable extends InputFile {
  readonly uri?: { toString(): string };
}

/** The files that go with the next request. */
export class Attachments {
  readonly #files = new Map<string, Attachable>();

  list(): readonly Attachment[] {
    return [...this.#files.values()].map(({ name, bytes }) => ({ name, bytes }));
  }

  /** The same file again takes its own place; another one of that name gets a number. */
  add(files: readonly Attachable[]): void {
    for (const file of files) {
      const known = [...this.#files.values()].find((each) => isSame(each, file));
      const name = known?.name ?? freeName(file.name, (each) => this.#files.has(each));
      this.#files.set(name, { ...file, name });
    }
  }

  remove(name: string): void {
    this.#files.delete(name);
  }

  /** Takes out those that the person saw when the request was sent. */
  take(names: readonly string[]): readonly InputFile[] {
    const taken = names.flatMap((name) => this.#files.get(name) ?? []);
    for (const { name } of taken) this.#files.delete(name);
    return taken;
  }
}

/** What was pasted has no address: it is the same only where it is put back. */
function isSame(one: Attachable, other: Attachable): boolean {
  return one.open === other.open || (one.uri !== undefined && one.uri.toString() === other.uri?.toString());
}
