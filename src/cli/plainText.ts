import { hiddenCharacters } from '../core/hiddenCharacters.ts';

/**
 * Makes hostile text safe for a terminal: escape sequences and control characters could rewrite
 * what was printed before or change the window, and direction marks could hide the order.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(controls, (char) => (char === '\n' || char === '\t' ? char : written(char)));
}

/** As `plainText`, and nothing stays hidden: for what a person is asked to approve. */
export function exactText(text: string): string {
  return text.replace(/\r\n/g, '\n').replace(hiddenCharacters, written);
}

/** As `exactText`, on one line: a name or a message can't go on as a line of ours. */
export function exactLine(text: string): string {
  return exactText(text).replace(/[\n\t]/g, written);
}

/** What a model says that something is for, as one line of words. */
export function exactPurpose(purpose: string): string {
  return exactLine(purpose.replace(/\s+/g, ' ').trim());
}

/** A program with a bar before each of its lines, as no other line that we write has. */
export function exactCode(code: string): string {
  return exactText(code).replace(/^/gm, '  │ ');
}

function written(char: string): string {
  return `\\x${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
}

const controls = new RegExp(
  `[\\u0000-\\u001f\\u007f-\\u009f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]`,
  'g',
);
