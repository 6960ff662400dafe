/**
 * Turns what a person typed into an FTS5 query: every word must occur, the last one as a prefix.
 * Quoting each word keeps FTS5's own operators out. Undefined where there is nothing to look for.
 */
export function ftsQuery(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}_]+/gu);
  if (words === null) return undefined;
  return words.map((word, index) => (index === words.length - 1 ? `"${word}"*` : `"${word}"`)).join(' ');
}
