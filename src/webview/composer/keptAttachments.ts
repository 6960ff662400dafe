import type { Attachment } from '../../protocol/chatState.ts';
import { mostFiles } from '../../protocol/limits.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { PageMemory } from '../pageMemory.ts';

/** Attachments go with the draft: a window that was reloaded has forgotten them, and the page has not. */
export class KeptAttachments {
  readonly #memory: PageMemory;
  readonly #send: (message: ToHost) => void;
  #asked = false;

  constructor(memory: PageMemory, send: (message: ToHost) => void) {
    this.#memory = memory;
    this.#send = send;
  }

  /** Hears what is attached now; the first time, what is missing of the kept ones is asked for. */
  show(attached: readonly Attachment[]): void {
    const lost = this.#memory.attachments.filter(({ name }) => !attached.some((one) => one.name === name));
    for (let from = 0; !this.#asked && from < lost.length; from += mostFiles)
      this.#send({ kind: 'reattach', files: lost.slice(from, from + mostFiles) });
    this.#asked = true;
    this.#memory.attachments = attached;
  }
}
