import type { Completion } from '../../protocol/completion.ts';
import { longestPath } from '../../protocol/limits.ts';
import { element } from '../element.ts';
import { visibleName } from '../visibleName.ts';

export interface Mention {
  readonly sign: '@' | '#' | '/';
  readonly from: number;
  readonly query: string;
}

/**
 * The `@file`, `#folder`, or, at the very beginning, `/skill` before the cursor; undefined where there
 * is none. A sign inside of a word means nothing, and neither does one before a word too long for a name.
 */
export function mentionBefore(text: string, cursor: number): Mention | undefined {
  const before = text.slice(0, cursor);
  const [, sign, query = ''] =
    /^(\/)([a-z0-9-]*)$/i.exec(before) ?? /(?:^|\s)([@#])([^\s@#]*)$/.exec(before) ?? [];
  return sign === undefined || query.length > longestPath
    ? undefined
    : { sign: sign as Mention['sign'], from: cursor - query.length - 1, query };
}

/** The list of files that match what is typed behind `@`; the keyboard stays in the text field. */
export class MentionList {
  readonly element = element('ul', {
    class: 'mentions',
    testid: 'mentions',
    attributes: { role: 'listbox', id: 'mentions', 'aria-label': 'Completions' },
  });
  readonly #field: HTMLTextAreaElement;
  readonly #choose: (item: Completion) => void;
  #items: readonly Completion[] = [];
  #active = 0;

  constructor(field: HTMLTextAreaElement, choose: (item: Completion) => void) {
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

  show(items: readonly Completion[]): void {
    this.#items = items;
    this.#active = 0;
    this.element.replaceChildren(
      ...items.map((item, index) =>
        element(
          'li',
          {
            attributes: { role: 'option', id: `mention-${index}` },
            on: {
              // Before the field loses the focus.
              mousedown: (event) => {
                event.preventDefault();
                this.#choose(item);
              },
            },
          },
          element('bdi', { text: visibleName(item.value) }),
          item.detail !== undefined && element('span', { class: 'quiet', text: visibleName(item.detail) }),
        ),
      ),
    );
    this.element.hidden = items.length === 0;
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
        const step = event.key === 'ArrowDown' ? 1 : this.#items.length - 1;
        this.#active = (this.#active + step) % this.#items.length;
        this.#mark();
        return true;
      }
      case 'Enter':
      case 'Tab': {
        const item = this.#items[this.#active];
        if (item !== undefined) this.#choose(item);
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
