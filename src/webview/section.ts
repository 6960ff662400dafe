/**
 * A place in a card that is built anew only when what it shows has changed, so that focus, selection
 * and half-written text survive what happens elsewhere.
 */
export class Section {
  readonly element: HTMLElement;
  #key: string | undefined;

  constructor(element: HTMLElement) {
    this.element = element;
    element.hidden = true;
  }

  /** `key` stands for everything that `build` uses. Nothing built: the place is hidden. */
  show(key: unknown, build: () => readonly (Node | undefined)[]): void {
    const next = JSON.stringify(key);
    if (next === this.#key) return;
    this.#key = next;
    const nodes = build().filter((node) => node !== undefined);
    this.element.replaceChildren(...nodes);
    this.element.hidden = nodes.length === 0;
  }
}
