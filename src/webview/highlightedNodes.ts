import { element } from './element.ts';
import type { Piece } from './highlight.ts';
import { visibleParts } from '../core/hiddenCharacters.ts';

/** Pieces of one line as nodes; what cannot be seen is written out. */
export function highlightedNodes(pieces: readonly Piece[]): readonly (Node | string)[] {
  return pieces.flatMap(({ text, tone }) => {
    const parts = visibleParts(text).map((part) =>
      part.hidden ? element('span', { class: 'hidden-character', text: part.text }) : part.text,
    );
    return tone === undefined ? parts : [element('span', { class: `tone-${tone}` }, ...parts)];
  });
}
