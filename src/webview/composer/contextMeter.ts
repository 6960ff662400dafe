import type { ChatState } from '../../protocol/chatState.ts';
import { element } from '../element.ts';
import { tokens } from '../quantity.ts';

/** How full the model's window is; nothing before the first reply. */
export class ContextMeter {
  readonly element: HTMLElement;
  readonly #bar = element('meter', { attributes: { 'aria-hidden': 'true' } });
  readonly #text = element('span', {});

  constructor() {
    this.element = element(
      'span',
      { class: 'context-meter quiet', testid: 'context-meter' },
      this.#bar,
      this.#text,
    );
    this.element.hidden = true;
  }

  show(context: ChatState['context']): void {
    this.element.hidden = context === undefined;
    if (context === undefined) return;
    const share = Math.min(1, context.used / Math.max(1, context.window));
    this.#bar.max = 1;
    this.#bar.high = 0.7;
    this.#bar.value = share;
    this.#text.textContent = `${Math.round(share * 100)} %`;
    this.element.title = `${tokens(context.used)} of the ${tokens(context.window)} tokens that the model can read are used. Past 70 % the older part is summarised.`;
  }
}
