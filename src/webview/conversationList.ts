import type { ChatState, ConversationSummary } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { conversationRow } from './conversationRow.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** Past this many there is a field to find one. */
const manyConversations = 3;

interface Row {
  /** What it was drawn from. */
  readonly key: string;
  readonly element: HTMLElement;
}

/**
 * The conversations to choose from. It changes while others go on in the background, so what is not
 * new stays where it is: half a name, half a query and the focus are not lost.
 */
export class ConversationList {
  readonly element = element('ul', { class: 'conversations', testid: 'conversations' });
  readonly #send: (message: ToHost) => void;
  readonly #close: () => void;
  readonly #rows = new Map<string, Row>();
  readonly #begin: HTMLElement;
  readonly #field: HTMLInputElement;
  readonly #finder: HTMLElement;
  readonly #more: HTMLElement;
  readonly #none = element('li', { class: 'quiet' });
  #shown: Pick<ChatState, 'conversation' | 'conversations' | 'older'> | undefined;
  #shownKey = '';
  #found: readonly ConversationSummary[] | undefined;
  #token = 0;

  /** `close`: the person has chosen one. */
  constructor(send: (message: ToHost) => void, close: () => void) {
    this.#send = send;
    this.#close = close;
    const begin = button({
      label: 'New conversation',
      icon: icon('add'),
      class: 'conversation',
      testid: 'new-conversation',
      press: () => {
        close();
        send({ kind: 'newConversation' });
      },
    });
    const more = button({
      label: 'Show older conversations',
      class: 'conversation quiet',
      testid: 'more-conversations',
      press: () => send({ kind: 'moreConversations' }),
    });
    this.#begin = element('li', {}, begin);
    this.#more = element('li', {}, more);
    this.#field = element('input', {
      class: 'field',
      testid: 'find-conversation',
      attributes: { type: 'search', placeholder: 'Find', 'aria-label': 'Find in conversations' },
      on: { input: () => this.#find() },
    });
    this.#finder = element('li', {}, this.#field);
  }

  show({ conversation, conversations, older }: ChatState): void {
    const key = JSON.stringify([conversation.id, conversations, older]);
    if (key === this.#shownKey) return;
    this.#shownKey = key;
    this.#shown = { conversation, conversations, older };
    // What is found may have another name by now, or be gone.
    if (this.#found !== undefined) this.#find();
    this.#draw();
  }

  /** Conversations with the words that are looked for. */
  found(token: number, conversations: readonly ConversationSummary[]): void {
    if (token !== this.#token) return;
    this.#found = conversations;
    this.#draw();
  }

  #find(): void {
    this.#token += 1;
    const query = this.#field.value;
    if (query.trim() !== '') return this.#send({ kind: 'findConversations', token: this.#token, query });
    this.#found = undefined;
    this.#draw();
  }

  #draw(): void {
    const { conversation, conversations, older } = this.#shown ?? nothing;
    const listed = this.#found ?? conversations;
    this.#none.textContent =
      this.#found === undefined ? 'No earlier conversations.' : 'No conversation has these words in it.';
    const focus = focusIn(this.element);
    const finds = conversations.length > manyConversations || this.#field.value !== '';
    arrange(this.element, [
      this.#begin,
      ...(finds ? [this.#finder] : []),
      ...listed.map((other) => this.#row(other, other.id === conversation?.id)),
      ...(listed.length === 0 ? [this.#none] : []),
      ...(older > 0 && this.#found === undefined ? [this.#more] : []),
    ]);
    const there = new Set(listed.map(({ id }) => id));
    for (const id of this.#rows.keys()) if (!there.has(id)) this.#rows.delete(id);
    focus();
  }

  #row(summary: ConversationSummary, current: boolean): HTMLElement {
    const { id } = summary;
    const key = JSON.stringify([summary, current]);
    const known = this.#rows.get(id);
    const named = known?.element.querySelector('input') ?? null;
    if (known !== undefined && (known.key === key || named !== null)) return known.element;
    const made = conversationRow(summary, current, {
      choose: () => {
        this.#close();
        this.#send({ kind: 'selectConversation', id });
      },
      remove: () => this.#send({ kind: 'deleteConversation', id }),
      rename: (title) => this.#send({ kind: 'renameConversation', id, title }),
      // What changed while its name was being written is drawn now.
      named: () => this.#draw(),
    });
    this.#rows.set(id, { key, element: made });
    return made;
  }
}

const nothing = { conversation: undefined, conversations: [], older: 0 };

/** Makes these the children, and moves none that stands in its place already: that would take its focus. */
function arrange(parent: HTMLElement, wanted: readonly HTMLElement[]): void {
  const kept = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  wanted.forEach((child, at) => {
    const there = parent.children[at];
    if (there !== child) parent.insertBefore(child, there ?? null);
  });
}

/** Gives the focus back to what has it now, or to what took its place in the row. */
function focusIn(list: HTMLElement): () => void {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !list.contains(active)) return () => undefined;
  const id = active.closest<HTMLElement>('li[data-id]')?.dataset['id'];
  const testid = active.dataset['testid'];
  return () => {
    if (document.activeElement === active) return;
    if (list.contains(active)) return active.focus();
    if (id === undefined || testid === undefined) return;
    for (const row of list.querySelectorAll<HTMLElement>('li[data-id]'))
      if (row.dataset['id'] === id) row.querySelector<HTMLElement>(`[data-testid="${testid}"]`)?.focus();
  };
}
