import type { ChatState } from '../../protocol/chatState.ts';
import { element } from '../element.ts';
import { dollars, tokens } from '../quantity.ts';

/** In which sandbox code runs, and what the conversation has used; where there is no room, the cost stays. */
export class ComposerInfo {
  readonly element: HTMLElement;
  readonly #sandbox = element('span', { class: 'composer-sandbox', testid: 'composer-sandbox' });
  readonly #used = element('span', { class: 'composer-used', testid: 'composer-used' });

  constructor() {
    this.element = element(
      'div',
      { class: 'composer-info quiet', testid: 'composer-info' },
      this.#sandbox,
      this.#used,
    );
  }

  show({ setup, usage }: ChatState): void {
    const { label, reason = '' } = setup.sandbox;
    // The version of what runs inside, and why it is this sandbox, are for who asks.
    this.#sandbox.textContent = label.split(' · ', 1)[0] ?? '';
    this.#sandbox.title = [label, reason].filter((part) => part !== '').join('\n');
    const used = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
    const parts = [
      used > 0 ? `${tokens(used)} tokens` : '',
      usage.costUsd === undefined ? '' : dollars(usage.costUsd),
    ].filter((part) => part !== '');
    this.#used.textContent = parts.join(' · ');
  }
}
