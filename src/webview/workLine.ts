import type { ChatState, Entry } from '../protocol/chatState.ts';
import { element } from './element.ts';
import type { PageMemory } from './pageMemory.ts';
import { Stopping } from './stopping.ts';

/**
 * The last row while a request is under way and it is not the person's turn: what is waited for, and for
 * how long. Screen readers hear of the beginning and the end from the announcer, and of no second between.
 */
export class WorkLine {
  readonly element: HTMLElement;
  readonly #memory: PageMemory;
  readonly #words = element('span', {});
  readonly #stopping = new Stopping();
  #what: string | undefined;
  #since: number | undefined;
  #timer: number | undefined;

  constructor(memory: PageMemory) {
    this.#memory = memory;
    this.element = element(
      'div',
      {
        class: 'work-line',
        testid: 'work-line',
        attributes: { role: 'timer', 'aria-live': 'off', 'aria-label': 'Under way' },
      },
      element('span', { class: 'work-mark', attributes: { 'aria-hidden': 'true' } }),
      this.#words,
    );
    this.element.hidden = true;
  }

  /** `begun`: what is new in the state has begun just now; of what a fresh page finds nobody knows when. */
  show(state: ChatState, begun: boolean): void {
    this.#stopping.show(state);
    if (!state.busy && this.#memory.work !== undefined) this.#memory.work = undefined;
    const what = this.#stopping.isUnderWay ? 'Stopping' : waitedFor(state);
    const key = `${state.conversation.id} ${state.entries.length} ${what}`;
    if (key === this.#memory.work?.key) this.#since = this.#memory.work.since;
    else if (what !== undefined) {
      this.#since = begun ? Date.now() : undefined;
      this.#memory.work = begun ? { key, since: Date.now() } : undefined;
    }
    this.#what = what;
    this.element.hidden = what === undefined;
    window.clearInterval(this.#timer);
    if (what !== undefined) this.#timer = window.setInterval(() => this.#draw(), 1000);
    this.#draw();
  }

  /** The person has pressed Stop; until all has ended that is what is waited for. */
  stopping(state: ChatState): void {
    this.#stopping.press();
    this.show(state, true);
  }

  #draw(): void {
    const seconds = this.#since === undefined ? 0 : Math.floor((Date.now() - this.#since) / 1000);
    this.#words.textContent = `${this.#what}…${seconds > 0 ? ` ${passed(seconds)}` : ''}`;
  }
}

function passed(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Undefined where nothing is under way, or a decision is open. */
function waitedFor({ busy, entries }: ChatState): string | undefined {
  if (!busy || entries.length === 0) return undefined;
  const recent = entries.slice(-50);
  if (recent.some((entry) => isOpen(entry, 'waiting'))) return undefined;
  if (recent.some((entry) => isOpen(entry, 'running'))) return 'Running the program';
  if (recent.some((entry) => isOpen(entry, 'starting'))) return 'Starting the program';
  if (recent.some((entry) => isOpen(entry, 'drafting'))) return 'Writing code';
  if (recent.some((entry) => isOpen(entry, 'allowed'))) return 'Writing the file';
  const last = recent.at(-1);
  if (last?.kind !== 'assistant' || last.complete) return 'Waiting for the model';
  return last.text === '' ? 'Thinking' : 'Answering';
}

function isOpen(entry: Entry, status: string): boolean {
  return (entry.kind === 'card' || entry.kind === 'permission') && entry.status === status;
}
