import { button } from './element.ts';
import { icon } from './icons.ts';

/** Keeps the end of the conversation in sight, unless the person has scrolled away from it. */
export class FollowEnd {
  readonly jump: HTMLButtonElement;
  readonly #pane: HTMLElement;
  readonly #hasEnd: () => boolean;
  #following = true;

  /** `hasEnd`: whether what is shown is read from its end; a welcome is not. */
  constructor(pane: HTMLElement, content: HTMLElement, hasEnd: () => boolean) {
    this.#pane = pane;
    this.#hasEnd = hasEnd;
    this.jump = button({
      label: 'Jump to the end',
      icon: icon('down'),
      iconOnly: true,
      class: 'jump',
      testid: 'jump',
      press: () => this.toEnd(),
    });
    this.jump.hidden = true;
    this.#watchPerson(pane);
    const observer = new ResizeObserver(() => {
      if (this.#following) this.#place();
    });
    observer.observe(content);
    observer.observe(pane);
  }

  /**
   * What grows or folds moves the page too, even upwards: only the wheel, the keys and the scroll bar
   * are the person's wish to look elsewhere.
   */
  #watchPerson(pane: HTMLElement): void {
    let last = { top: 0, height: 0 };
    let held = false;
    pane.addEventListener('wheel', ({ deltaY }) => void (deltaY < 0 && this.#leave()), { passive: true });
    pane.addEventListener('keydown', ({ key }) => {
      if (key === 'PageUp' || key === 'Home' || key === 'ArrowUp') this.#leave();
    });
    pane.addEventListener('pointerdown', () => (held = true));
    window.addEventListener('pointerup', () => (held = false));
    pane.addEventListener('scroll', () => {
      if (!this.#hasEnd()) return;
      const { scrollTop: top, scrollHeight: height, clientHeight } = pane;
      const left = height - top - clientHeight;
      const up = top < last.top;
      if (left <= (up ? 2 : 48)) this.#following = true;
      else if (up && (held || height === last.height)) this.#following = false;
      last = { top, height };
      this.jump.hidden = this.#following;
    });
  }

  #leave(): void {
    if (this.#pane.scrollTop > 0) this.#following = false;
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
    this.#place();
  }

  #place(): void {
    this.#pane.scrollTop = this.#hasEnd() ? this.#pane.scrollHeight : 0;
  }
}
