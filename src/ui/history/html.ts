import { visibleParts } from '../../core/hiddenCharacters.ts';

/** Markup that was written here; everything put into it was escaped. */
export interface Html {
  readonly markup: string;
}

type Value = string | number | Html | readonly Html[] | undefined;

/** A template whose values are escaped unless they are Html themselves. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: parts.reduce((all, part, index) => all + markupOf(values[index - 1]) + part) };
}

/** Text with nothing left out: what cannot be seen is written out, in a frame of its own. */
export function exactHtml(text: string): readonly Html[] {
  return visibleParts(text).map((part) =>
    part.hidden ? html`<span class="hidden-character">${part.text}</span>` : html`${part.text}`,
  );
}

/** Safe as text and inside a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function markupOf(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if ('markup' in value) return value.markup;
  return value.map((each) => each.markup).join('');
}
