import { copyButton } from './copyButton.ts';
import { element } from './element.ts';
import { highlight } from './highlight.ts';
import { highlightedNodes } from './highlightedNodes.ts';

/** A code block that is still being written. */
export class OpenCodeBlock {
  readonly element: HTMLElement;
  readonly #text = document.createTextNode('');

  constructor(language: string) {
    this.element = frame(language, [this.#text], () => this.#text.data);
  }

  /** Shows `text`, of which the beginning is usually there already. */
  show(text: string): void {
    const shown = this.#text.data;
    if (text.startsWith(shown)) this.#text.appendData(text.slice(shown.length));
    else this.#text.data = text;
  }
}

/** A finished code block with its language, its colours and a copy button. */
export function codeBlock(text: string, language: string): HTMLElement {
  const lines = highlight(text, nameOf(language).toLowerCase());
  const nodes = lines.flatMap((line, index) => [index > 0 ? '\n' : '', ...highlightedNodes(line)]);
  return frame(language, nodes, () => text);
}

function frame(language: string, content: readonly (Node | string)[], text: () => string): HTMLElement {
  return element(
    'div',
    { class: 'code-block' },
    element(
      'div',
      { class: 'code-head' },
      element('span', { class: 'quiet', text: nameOf(language) || 'text' }),
      copyButton(text),
    ),
    element(
      'pre',
      { attributes: { tabindex: '0', role: 'group', 'aria-label': 'Code' } },
      element('code', {}, ...content),
    ),
  );
}

function nameOf(language: string): string {
  return /^[\w+#-]{1,20}/.exec(language)?.[0] ?? '';
}
