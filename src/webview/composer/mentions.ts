import { element } from '../element.ts';

/** The `@word` before the cursor, from its sign on; undefined where there is none. */
export function mentionBefore(text: string, cursor: number): { from: number; query: string } | undefined {
  const match = /(?:^|\s)@([^\s@]*)$/.exec(text.slice(0, cursor));
  return match === null ? undefined : { from: cursor - (match[1] ?? '').length - 1, query: match[1] ?? '' };
}

/** The list of files that match what is typed behind `@`; the keyboard stays in the text field. */
export class MentionList {
  readonly element = element('ul', {
    class: 'mentions',
    testid: 'mentions',
    attributes: { role: 'listbox', id: 'mentions', 'aria-label': 'Files' },
  });
  readonly #field: HTMLTextAreaElement;
  readonly #choose: (path: string) => void;
  #paths: readonly string[] = [];
  #active = 0;

  constructor(field: HTMLTextAreaElement, choose: (path: string) => void) {
    this.#field = field;
    this.#choose = choose;
    field.setAttribute('role', 'combobox');
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', 'mentions');
    this.hide();
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(paths: readonly string[]): void {
    this.#paths = paths;
    this.#active = 0;
    this.element.replaceChildren(
      ...paths.map((path, index) =>
        element('li', {
          text: path,
          attributes: { role: 'option', id: `mention-${index}` },
          on: {
            // Before the field loses the focus.
            mousedown: (event) => {
              event.preventDefault();
              this.#choose(path);
            },
          },
        }),
      ),
    );
    this.element.hidden = paths.length === 0;
    this.#field.setAttribute('aria-expanded', String(this.open));
    this.#mark();
  }

  hide(): void {
    this.show([]);
  }

  /** True when the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.open) return false;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : this.#paths.length - 1;
        this.#active = (this.#active + step) % this.#paths.length;
        this.#mark();
        return true;
      }
      case 'Enter':
      case 'Tab': {
        const path = this.#paths[this.#active];
        if (path !== undefined) this.#choose(path);
        return true;
      }
      case 'Escape':
        this.hide();
        return true;
      default:
        return false;
    }
  }

  #mark(): void {
    [...this.element.children].forEach((child, index) => {
      child.setAttribute('aria-selected', String(index === this.#active));
      if (index === this.#active) child.scrollIntoView({ block: 'nearest' });
    });
    if (this.open) this.#field.setAttribute('aria-activedescendant', `mention-${this.#active}`);
    else this.#field.removeAttribute('aria-activedescendant');
  }
}
