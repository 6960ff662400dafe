import type { InputFile } from '../../core/proposal.ts';
import type { Attachment } from '../../protocol/chatState.ts';

/** The files that go with the next request. */
export class Attachments {
  readonly #files = new Map<string, InputFile>();

  list(): readonly Attachment[] {
    return [...this.#files.values()].map(({ name, bytes }) => ({ name, bytes }));
  }

  add(files: readonly InputFile[]): void {
    for (const file of files) this.#files.set(file.name, file);
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
