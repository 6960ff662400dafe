import type { Tail } from '../../protocol/card.ts';
import { element } from '../element.ts';

/** The end of one stream, kept up to date by adding and taking away, never by writing it anew. */
export class OutputView {
  readonly element: HTMLElement;
  readonly #note = element('div', { class: 'quiet' });
  readonly #text = document.createTextNode('');
  readonly #pane: HTMLElement;
  #dropped = 0;

  constructor(stream: 'stdout' | 'stderr') {
    const name = stream === 'stdout' ? 'Output' : 'Errors';
    this.#pane = element(
      'pre',
      {
        class: `output ${stream}`,
        testid: stream,
        attributes: { tabindex: '0', role: 'group', 'aria-label': name, dir: 'ltr' },
      },
      this.#text,
    );
    this.element = element(
      'div',
      { class: 'stream' },
      element('div', { class: 'label', text: name }),
      this.#note,
      this.#pane,
    );
    this.element.hidden = true;
  }

  show(tail: Tail): void {
    const { text, dropped } = tail;
    if (text === '' && dropped === 0) return;
    this.element.hidden = false;
    const atEnd = this.#pane.scrollTop + this.#pane.clientHeight >= this.#pane.scrollHeight - 8;
    const kept = this.#text.data.slice(Math.max(0, dropped - this.#dropped));
    if (text.startsWith(kept) && kept !== '') {
      this.#text.deleteData(0, this.#text.length - kept.length);
      this.#text.appendData(text.slice(kept.length));
    } else this.#text.data = text;
    this.#dropped = dropped;
    this.#note.hidden = dropped === 0;
    this.#note.textContent =
      dropped === 0
        ? ''
        : `… ${dropped.toLocaleString('en')} earlier characters come back when the run is over`;
    if (atEnd) this.#pane.scrollTop = this.#pane.scrollHeight;
  }
}
