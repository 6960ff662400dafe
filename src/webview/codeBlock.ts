import { copyButton } from './copyButton.ts';
import { element } from './element.ts';

/** A code block that is still being written. */
export class OpenCodeBlock {
  readonly element: HTMLElement;
  readonly #text = document.createTextNode('');

  constructor(language: string) {
    this.element = frame(language, this.#text);
  }

  /** Shows `text`, of which the beginning is usually there already. */
  show(text: string): void {
    const shown = this.#text.data;
    if (text.startsWith(shown)) this.#text.appendData(text.slice(shown.length));
    else this.#text.data = text;
  }
}

/** A finished code block with its language and a copy button. */
export function codeBlock(text: string, language: string): HTMLElement {
  return frame(language, document.createTextNode(text));
}

function frame(language: string, text: Text): HTMLElement {
  return element(
    'div',
    { class: 'code-block' },
    element(
      'div',
      { class: 'code-head' },
      element('span', { class: 'quiet', text: /^[\w+#-]{1,20}/.exec(language)?.[0] ?? 'text' }),
      copyButton(() => text.data),
    ),
    element(
      'pre',
      { attributes: { tabindex: '0', role: 'group', 'aria-label': 'Code' } },
      element('code', {}, text),
    ),
  );
}
