import type { ChatState, ConversationSummary } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { ConversationList } from './conversationList.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** The name of the conversation, the way to the others, and a new one. */
export class Header {
  readonly element: HTMLElement;
  readonly #title = element('span', { class: 'conversation-title' });
  readonly #conversations: ConversationList;
  readonly #list: HTMLElement;
  readonly #toggle: HTMLButtonElement;

  constructor(send: (message: ToHost) => void) {
    this.#conversations = new ConversationList(send, () => this.#open(false));
    this.#list = this.#conversations.element;
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

  show(state: ChatState): void {
    this.#title.textContent = state.conversation.title || 'New conversation';
    this.#conversations.show(state);
  }

  /** Conversations with the words that are looked for. */
  found(token: number, conversations: readonly ConversationSummary[]): void {
    this.#conversations.found(token, conversations);
  }

  #open(open: boolean): void {
    this.#list.hidden = !open;
    this.#toggle.setAttribute('aria-expanded', String(open));
    if (open) this.#list.querySelector('button')?.focus();
  }
}
