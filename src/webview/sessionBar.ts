import type { ChatState } from '../protocol/chatState.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { button, element } from './element.ts';
import { icon } from './icons.ts';

/** Says that the runs of the conversation share one session, with what can be done about it. */
export class SessionBar {
  readonly element: HTMLElement;
  /** Turns it on and off; stands with the other tools of the composer. */
  readonly toggle: HTMLButtonElement;
  readonly #interrupt: HTMLButtonElement;
  readonly #words = element('span', {});
  #on = false;

  constructor(send: (message: ToHost) => void) {
    this.toggle = button({
      label: 'Keep state between runs',
      icon: icon('session'),
      iconOnly: true,
      class: 'toggle',
      testid: 'keep-state',
      press: () => send({ kind: 'keepState', on: !this.#on }),
    });
    this.#interrupt = button({
      label: 'Interrupt',
      class: 'quiet-button',
      testid: 'interrupt-session',
      press: () => send({ kind: 'interruptSession' }),
    });
    const restart = button({
      label: 'Restart',
      class: 'quiet-button',
      testid: 'restart-session',
      press: () => send({ kind: 'restartSession' }),
    });
    this.element = element(
      'div',
      { class: 'session-bar', testid: 'session', attributes: { role: 'status' } },
      icon('session'),
      this.#words,
      this.#interrupt,
      restart,
    );
    this.#set(false);
  }

  show({ conversation, busy, setup }: ChatState): void {
    const interrupts = setup.sandbox.interrupts !== false;
    this.#interrupt.hidden = !busy || !interrupts;
    const words =
      busy && !interrupts
        ? 'Runs share one session. Stop ends it, and its variables and files are lost.'
        : 'Runs share one session: variables and files stay.';
    // Said aloud when it changes, and only then.
    if (words !== this.#words.textContent) this.#words.textContent = words;
    this.#set(conversation.keepsState === true);
  }

  #set(on: boolean): void {
    this.#on = on;
    this.element.hidden = !on;
    this.toggle.setAttribute('aria-pressed', String(on));
  }
}
