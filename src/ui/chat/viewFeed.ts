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

/** Text for the composer; `apart` where it stands for itself, `focus` where the person goes on there. */
export type Composed = Pick<Extract<ToView, { kind: 'compose' }>, 'text' | 'apart' | 'focus'>;

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
  /** Text for the composer of which no page has said that it has it, by its id. */
  readonly #composed = new Map<string, Composed>();
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

  /** The page can receive from now on. What is posted earlier would be lost in one that is still to come. */
  pageReady(): void {
    this.#ready = this.#page !== undefined;
    this.snapshot();
  }

  /** Replaces everything the page knows. */
  snapshot(): void {
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
    for (const [id, text] of this.#composed) page?.post({ kind: 'compose', id, ...text });
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

  /**
   * Text for the composer. It waits for a page that is still to come or that nobody can see; and VS Code may
   * end a page at any time, with what it was sent, so it is given to the next one until it has arrived.
   */
  compose(text: Composed): void {
    const id = crypto.randomUUID();
    this.#composed.set(id, text);
    if (this.#ready && this.#visible) this.#page?.post({ kind: 'compose', id, ...text });
  }

  /** The page has the text with this id. */
  composed(id: string): void {
    this.#composed.delete(id);
  }

  dispose(): void {
    this.attach(undefined);
    this.#composed.clear();
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
