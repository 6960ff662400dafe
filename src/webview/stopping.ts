import type { ChatState } from '../protocol/chatState.ts';

/** Whether what is shown is being stopped. Others go on, also where they are shown before that one has ended. */
export class Stopping {
  #pressedIn: string | undefined;
  #shown = '';

  /** Hears what is shown now. */
  show({ busy, conversation }: ChatState): void {
    this.#shown = conversation.id;
    if (!busy && this.isUnderWay) this.#pressedIn = undefined;
  }

  /** The person has pressed Stop; it takes until the answer has ended. */
  press(): void {
    this.#pressedIn = this.#shown;
  }

  get isUnderWay(): boolean {
    return this.#pressedIn === this.#shown;
  }
}
