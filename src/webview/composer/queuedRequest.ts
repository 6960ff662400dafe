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
  /** Where it waited until another conversation was shown; a reloaded window shows a blank one first. */
  #left: string | undefined;
  /** The person had stopped the answer already, so its being stopped is no surprise. */
  #afterStop = false;

  constructor(memory: PageMemory, say: (text: string) => void) {
    this.#memory = memory;
    this.#files = memory.attachments;
    this.#say = say;
  }

  /** Whether the draft is to be sent once the answer has ended. */
  get waits(): boolean {
    return this.#memory.waitsIn !== undefined;
  }

  /** The draft waits from now on; `afterStop`: for the end of an answer that the person has stopped. */
  add(afterStop: boolean): void {
    this.#memory.waitsIn = this.#conversation;
    this.#afterStop = afterStop;
    this.#say('Will be sent when this answer has ended. Escape, or a change, takes it back.');
  }

  /** It is an ordinary draft again. */
  takeBack(): void {
    this.#left = undefined;
    this.#memory.waitsIn = undefined;
    this.#say('');
  }

  /** Hears what is shown now; true when it is time to send. */
  show(state: ChatState): boolean {
    const isFirst = this.#conversation === '';
    const { id } = state.conversation;
    const isOther = id !== this.#conversation;
    this.#conversation = id;
    if (isFirst && this.#memory.waitsIn === id) this.add(false);
    else if (isOther) this.#leave(state);
    if (state.busy || !this.waits) return false;
    this.takeBack();
    const why = isFirst ? (this.#lost(state) ?? endedUnseen(state)) : obstacle(state, this.#afterStop);
    if (why !== undefined) this.#say(notSent(why));
    return why === undefined;
  }

  /** Says why it no longer waits, and more of it where its own conversation is shown again. */
  #leave(state: ChatState): void {
    const { id } = state.conversation;
    const waited = this.#memory.waitsIn ?? this.#left;
    this.takeBack();
    if (waited === undefined) return;
    this.#left = waited;
    const unseen = waited === id && !state.busy ? endedUnseen(state) : undefined;
    const other = `another conversation ${waited === id ? 'was shown meanwhile' : 'is shown'}`;
    this.#say(notSent(unseen ?? other));
  }

  /** A window that was reloaded has forgotten files, and attaches again what it can. */
  #lost({ attachments }: ChatState): string | undefined {
    const isThere = ({ name }: Attachment): boolean => attachments.some((one) => one.name === name);
    return this.#files.every(isThere) ? undefined : 'its files had to be attached again';
  }
}

function notSent(why: string): string {
  return `Not sent, because ${why}. Press Enter to send it.`;
}

/** Why the end of the answer is not the one that was waited for. */
function obstacle({ entries }: ChatState, afterStop = false): string | undefined {
  const last = entries.at(-1);
  if (last?.kind === 'failure') return 'the answer before it failed';
  if (last?.kind === 'notice' && last.retry === true && !afterStop) return 'the answer before it was stopped';
  return undefined;
}

/** Where nobody saw the end there may have been none: the window was closed first. */
function endedUnseen(state: ChatState): string | undefined {
  const last = state.entries.at(-1);
  const isWhole = last?.kind === 'assistant' && last.complete;
  return obstacle(state) ?? (isWhole ? undefined : 'the answer before it did not come to its end');
}
