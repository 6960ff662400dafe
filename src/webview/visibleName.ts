import { visibleParts } from '../core/hiddenCharacters.ts';

/** A name as text of its own: what can't be seen in it, or turns it, is written out between marks. */
export function visibleName(name: string): string {
  return visibleParts(name)
    .map((part) => (part.hidden ? `⟨${part.text}⟩` : part.text))
    .join('');
}
