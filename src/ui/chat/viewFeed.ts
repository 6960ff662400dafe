import type { Disposable } from '../../core/lifecycle.ts';
import type { Change } from '../../protocol/change.ts';
import type { ChatState, Entry } from '../../protocol/chatState.ts';
import { protocolVersion, type ToView } from '../../protocol/toView.ts';
import { joinChange } from './joinChanges.ts';

/** The page that is open now. */
export interface ChatPage {
  post(message: ToView): void;
  /** Fills in what depends on the page, e.g. the addresses of images. */
  dress(entry: Entry): Entry;
}

type Composed = Extract<ToView, { kind: 'compose' }>;

/** A change is sent at once after a pause, and then at most once in this time. */
const joinMs = 24;

/**
 * Keeps the page at the host's state: numbered patches, joined in bursts; a snapshot when the page
 * asks for one; nothing at all while nobody can see it.
 */
export class ViewFeed implements Disposable {
  readonly #state: () => ChatState;
  #page: ChatPage | undefined;
  #ready = false;
  #visible = true;
  #seq = 0;
  #waiting: Change[] = [];
  /** Text for the composer that no page was there to take. */
  #composed: Composed[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(state: () => ChatState) {
    this.#state = state;
  }

  /** The page to talk to from now on; it is silent until it says that it is ready. */
  attach(page: ChatPage | undefined): void {
    this.#page = page;
    this.#ready = false;
    this.#visible = true;
    this.#drop();
  }

  setVisible(visible: boolean): void {
    const shownAgain = visible && !this.#visible;
    this.#visible = visible;
    if (shownAgain && this.#ready) this.snapshot();
  }

  /** Answers `ready`, and replaces everything the page knew. */
  snapshot(): void {
    this.#ready = this.#page !== undefined;
    this.#drop();
    if (!this.#ready || !this.#visible) return;
    const page = this.#page;
    const state = this.#state();
    const entries = page === undefined ? state.entries : state.entries.map((entry) => page.dress(entry));
    this.#seq += 1;
    page?.post({
      kind: 'snapshot',
      version: protocolVersion,
      seq: this.#seq,
      state: { ...state, entries },
    });
    for (const message of this.#composed.splice(0)) page?.post(message);
  }

  push(changes: readonly Change[]): void {
    if (!this.#ready || !this.#visible) return;
    for (const change of changes) joinChange(this.#waiting, change);
    if (this.#timer === undefined) this.#flush();
  }

  /** An answer to what the page asked; without the page nobody waits for it. */
  send(message: Extract<ToView, { kind: 'completions' | 'found' }>): void {
    if (this.#ready) this.#page?.post(message);
  }

  /** Text for the composer. It waits for a page that is still to come or that nobody can see. */
  compose(message: Composed): void {
    if (this.#ready && this.#visible) this.#page?.post(message);
    else this.#composed.push(message);
  }

  dispose(): void {
    this.attach(undefined);
    this.#composed = [];
  }

  #flush(): void {
    this.#timer = undefined;
    const page = this.#page;
    if (this.#waiting.length === 0 || page === undefined) return;
    const changes = this.#waiting.map((change) =>
      change.kind === 'entry' ? { ...change, entry: page.dress(change.entry) } : change,
    );
    this.#waiting = [];
    this.#seq += 1;
    page.post({ kind: 'patch', seq: this.#seq, changes });
    this.#timer = setTimeout(() => this.#flush(), joinMs);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}
