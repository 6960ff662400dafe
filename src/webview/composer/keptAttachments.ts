import type { Attachment } from '../../protocol/chatState.ts';
import type { ToHost } from '../../protocol/toHost.ts';
import type { PageMemory } from '../pageMemory.ts';
import { inMessages } from './inMessages.ts';

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
    if (!this.#asked) for (const files of inMessages(lost)) this.#send({ kind: 'reattach', files });
    this.#asked = true;
    this.#memory.attachments = attached;
  }
}
