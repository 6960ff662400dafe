/** Control characters that no editor shows, but for those of the form of a text. */
const controls = /[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]/g;

/**
 * A control character that a change would add, as `U+001B`: raw in a source file it is never needed,
 * since every language has escapes, and it is a way to hide code. What a file has already may stay.
 */
export function newControl(before: string, after: string): string | undefined {
  const had = counted(before);
  for (const [character, count] of counted(after))
    if (count > (had.get(character) ?? 0))
      return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return undefined;
}

function counted(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [character] of text.matchAll(controls)) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}
