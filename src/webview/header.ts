import type { ChatState } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { conversationRow } from './conversationRow.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** Past this many there is a field to find one. */
const manyConversations = 3;

/** The name of the conversation, the way to the others, and a new one. */
export class Header {
  readonly element: HTMLElement;
  readonly #send: (message: ToHost) => void;
  readonly #title = element('span', { class: 'conversation-title' });
  readonly #list = element('ul', { class: 'conversations', testid: 'conversations' });
  readonly #toggle: HTMLButtonElement;
  #shown = '';
  #token = 0;

  constructor(send: (message: ToHost) => void) {
    this.#send = send;
    this.#toggle = button({
      label: 'Conversations',
      icon: icon('chats'),
      iconOnly: true,
      testid: 'toggle-conversations',
      press: () => this.#open(this.#list.hidden !== false),
    });
    this.#list.id = 'conversations';
    this.#toggle.setAttribute('aria-controls', 'conversations');
    this.element = element(
      'header',
      {
        class: 'header',
        on: {
          keydown: (event) => {
            if (event.key !== 'Escape' || this.#list.hidden !== false) return;
            this.#open(false);
            this.#toggle.focus();
          },
        },
      },
      element(
        'div',
        { class: 'header-row' },
        this.#title,
        this.#toggle,
        button({
          label: 'Run history',
          icon: icon('history'),
          iconOnly: true,
          testid: 'history',
          press: () => send({ kind: 'openHistory' }),
        }),
      ),
      this.#list,
    );
    this.#open(false);
  }

  show({ conversation, conversations }: ChatState): void {
    this.#title.textContent = conversation.title || 'New conversation';
    const key = JSON.stringify([conversation.id, conversations]);
    if (key === this.#shown) return;
    this.#shown = key;
    const begin = button({
      label: 'New conversation',
      icon: icon('add'),
      class: 'conversation',
      testid: 'new-conversation',
      press: () => {
        this.#open(false);
        this.#send({ kind: 'newConversation' });
      },
    });
    this.#list.replaceChildren(
      element('li', {}, begin),
      ...(conversations.length > manyConversations ? [element('li', {}, this.#filter())] : []),
      ...conversations.map((other) =>
        conversationRow(other, other.id === conversation.id, {
          choose: () => {
            this.#open(false);
            this.#send({ kind: 'selectConversation', id: other.id });
          },
          remove: () => this.#send({ kind: 'deleteConversation', id: other.id }),
          rename: (title) => this.#send({ kind: 'renameConversation', id: other.id, title }),
        }),
      ),
    );
    if (conversations.length === 0)
      this.#list.append(element('li', { class: 'quiet', text: 'No earlier conversations.' }));
  }

  #filter(): HTMLElement {
    const field = element('input', {
      class: 'field',
      testid: 'find-conversation',
      attributes: { type: 'search', placeholder: 'Find', 'aria-label': 'Find in conversations' },
      on: {
        input: () => {
          this.#token += 1;
          if (field.value.trim() === '') this.#narrow(undefined);
          else this.#send({ kind: 'findConversations', token: this.#token, query: field.value });
        },
      },
    });
    return field;
  }

  /** Conversations with the words that are looked for. */
  found(token: number, ids: readonly string[]): void {
    if (token === this.#token) this.#narrow(new Set(ids));
  }

  #narrow(ids: ReadonlySet<string> | undefined): void {
    for (const row of this.#list.querySelectorAll<HTMLElement>('li[data-id]'))
      row.hidden = ids !== undefined && !ids.has(row.dataset['id'] ?? '');
  }

  #open(open: boolean): void {
    this.#list.hidden = !open;
    this.#toggle.setAttribute('aria-expanded', String(open));
    if (open) this.#list.querySelector('button')?.focus();
  }
}
