import { maskSecrets } from '../core/secrets.ts';

/**
 * Text of a program as the model may read it: secrets masked, control characters made visible or
 * dropped, head and tail kept where it is too long.
 */
export function cleanOutput(text: string, limit: number, secrets: readonly string[] = []): string {
  return capped(cleanText(text, secrets), limit);
}

/** The same without a limit. */
export function cleanText(text: string, secrets: readonly string[] = []): string {
  return maskSecrets(plain(text), secrets);
}

/**
 * A path or a name as it may stand in a line of ours or in a list: no character of it ends the line. Spaces
 * stay as many as they are, since the model has to give it back.
 */
export function cleanName(name: string): string {
  return plain(name).replace(/[^\S ]/g, ' ');
}

/** Without terminal sequences, other controls, and characters that hide or reorder text. */
export function plain(text: string): string {
  return text
    .replace(/\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g, '')
    .replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) =>
      character === '\r' ? '\n' : '\ufffd',
    )
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '');
}

/** Head and tail with a mark of what is left out between; never cuts inside a character. */
export function capped(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const head = cut(text, 0, Math.floor(limit * 0.6));
  const tail = cut(text, text.length - Math.floor(limit * 0.4), text.length);
  const left = text.length - head.length - tail.length;
  return `${head}\n[… ${left} characters left out …]\n${tail}`;
}

function cut(text: string, from: number, to: number): string {
  const start = isLow(text, from) ? from + 1 : from;
  const end = isLow(text, to) ? to - 1 : to;
  return text.slice(start, end);
}

function isLow(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff;
}
