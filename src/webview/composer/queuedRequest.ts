import type { Attachment, ChatState } from '../../protocol/chatState.ts';
import type { PageMemory } from '../pageMemory.ts';

/**
 * Whether the draft is to be sent when the answer that is under way has ended. The editor ends a page that
 * is hidden: the next one goes on waiting.
 */
export class QueuedRequest {
  readonly #memory: PageMemory;
  readonly #say: (text: string) => void;
  /** What went with the draft on the page before. */
  readonly #files: readonly Attachment[];
  #conversation = '';

  constructor(memory: PageMemory, say: (text: string) => void) {
    this.#memory = memory;
    this.#files = memory.attachments;
    this.#say = say;
  }

  get waits(): boolean {
    return this.#memory.waitsIn !== undefined;
  }

  add(): void {
    this.#memory.waitsIn = this.#conversation;
    this.#say('Will be sent when this answer has ended. Escape, or a change, takes it back.');
  }

  /** It is an ordinary draft again. */
  takeBack(): void {
    this.#memory.waitsIn = undefined;
    this.#say('');
  }

  /** Hears what is shown now; true when it is time to send. */
  show(state: ChatState): boolean {
    const isFirst = this.#conversation === '';
    const { id } = state.conversation;
    const isOther = id !== this.#conversation;
    this.#conversation = id;
    if (isFirst && this.#memory.waitsIn === id) this.add();
    else if (isOther) this.takeBack();
    if (state.busy || !this.waits) return false;
    this.takeBack();
    const why = isFirst ? (this.#lost(state) ?? endedUnseen(state)) : obstacle(state);
    if (why !== undefined) this.#say(`Not sent, because ${why}. Press Enter to send it.`);
    return why === undefined;
  }

  /** A window that was reloaded has forgotten files, and attaches again what it can. */
  #lost({ attachments }: ChatState): string | undefined {
    const isThere = ({ name }: Attachment): boolean => attachments.some((one) => one.name === name);
    return this.#files.every(isThere) ? undefined : 'its files had to be attached again';
  }
}

/** Why the end of the answer is not the one that was waited for. */
function obstacle({ entries }: ChatState): string | undefined {
  const last = entries.at(-1);
  if (last?.kind === 'failure') return 'the answer before it failed';
  if (last?.kind === 'notice' && last.retry === true) return 'the answer before it was stopped';
  return undefined;
}

/** Where nobody saw the end there may have been none: the window was closed first. */
function endedUnseen(state: ChatState): string | undefined {
  const last = state.entries.at(-1);
  const isWhole = last?.kind === 'assistant' && last.complete;
  return obstacle(state) ?? (isWhole ? undefined : 'the answer before it did not come to its end');
}
