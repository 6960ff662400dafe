import { button } from './element.ts';
import { icon } from './icons.ts';

/** Keeps the end of the conversation in sight, unless the person has scrolled away from it. */
export class FollowEnd {
  readonly jump: HTMLButtonElement;
  readonly #pane: HTMLElement;
  #following = true;

  constructor(pane: HTMLElement, content: HTMLElement) {
    this.#pane = pane;
    this.jump = button({
      label: 'Jump to the end',
      icon: icon('down'),
      iconOnly: true,
      class: 'jump',
      testid: 'jump',
      press: () => this.toEnd(),
    });
    this.jump.hidden = true;
    let last = 0;
    pane.addEventListener('scroll', () => {
      // Content that grew since our own scrolling (a picture was decoded) is no scrolling of the person.
      const atEnd = pane.scrollTop + pane.clientHeight >= pane.scrollHeight - 48;
      if (atEnd) this.#following = true;
      else if (pane.scrollTop < last) this.#following = false;
      last = pane.scrollTop;
      this.jump.hidden = this.#following;
    });
    const observer = new ResizeObserver(() => {
      if (this.#following) pane.scrollTop = pane.scrollHeight;
    });
    observer.observe(content);
    observer.observe(pane);
  }

  /** Shows the beginning of something that does not fit, for it has to be read from there. */
  reveal(shown: HTMLElement): void {
    if (!this.#following || shown.offsetHeight <= this.#pane.clientHeight) return;
    this.#following = false;
    this.#pane.scrollTop += shown.getBoundingClientRect().top - this.#pane.getBoundingClientRect().top - 8;
  }

  toEnd(): void {
    this.#following = true;
    this.jump.hidden = true;
    this.#pane.scrollTop = this.#pane.scrollHeight;
  }
}
