import type { ChatState } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** Says that code of the conversation runs without asking, with the way back. */
export class UnaskedBar {
  readonly element: HTMLElement;

  constructor(send: (message: ToHost) => void) {
    this.element = element(
      'div',
      { class: 'session-bar', testid: 'unasked', attributes: { role: 'status' } },
      icon('play'),
      element('span', { text: 'Clean code in this chat runs without asking.' }),
      button({
        label: 'Ask again',
        class: 'quiet-button',
        testid: 'ask-again',
        press: () => send({ kind: 'askAgain' }),
      }),
    );
    this.element.hidden = true;
  }

  show({ unasked }: ChatState): void {
    this.element.hidden = !unasked;
  }
}
