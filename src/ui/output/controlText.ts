import { hiddenCharacters } from '../../core/hiddenCharacters.ts';

/**
 * Makes hostile text harmless to look at: terminal sequences are dropped, other control characters
 * and those that reorder or hide text are written out, so what a person reads is what is there.
 */
export function neutralise(text: string): string {
  return text
    .replace(terminalSequence, '')
    .replace(/\r\n/g, '\n')
    .replace(/\r/g, '\n')
    .replace(unsafeCharacter, written);
}

/** One line for places such as titles and tree labels. */
export function neutralLine(text: string, longest = 200): string {
  const line = neutralise(text).replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${cutWhole(line, longest - 1)}…` : line;
}

/** One line from which nothing is dropped, for names that a person decides about. */
export function exactLine(text: string, longest = 200): string {
  const line = text.replace(/[\t\n]/g, written).replace(hiddenCharacters, written);
  return line.length > longest ? `${cutWhole(line, longest - 1)}…` : line;
}

/** The first `length` UTF-16 units without half of a surrogate pair at the end. */
export function cutWhole(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/** Where a terminal sequence may have begun at the very end of a chunk; `text.length` where not. */
export function openSequenceStart(text: string): number {
  const start = text.lastIndexOf('\u001b');
  if (start >= 0 && text.length - start < longestSequence && unfinished.test(text.slice(start))) return start;
  return text.endsWith('\r') ? text.length - 1 : text.length;
}

const longestSequence = 256;
// Control characters are the subject here.
const escape = '\\u001b';
const terminalSequence = new RegExp(
  [
    `${escape}\\[[0-?]*[ -/]*[@-~]`, // cursor, colours
    `${escape}[\\]PX^_][^\\u0007\\u001b]*(?:\\u0007|${escape}\\\\)`, // titles, links, device strings
    `${escape}[ -/]*[0-Z\\\\\`-~]`,
  ].join('|'),
  'g',
);
const unfinished = new RegExp(`^${escape}(?:\\[[0-?]*[ -/]*|[\\]PX^_][^\\u0007\\u001b]*${escape}?|[ -/]*)$`);
const unsafeCharacter = new RegExp(
  '[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb]',
  'g',
);

function written(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
