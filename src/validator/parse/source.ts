import type { Language } from '../../core/language.ts';
import type { Sighting } from '../sighting.ts';
import { inKnownForms } from './shellForms.ts';

/** Source text as the interpreter of that language sees it, and what is wrong with it before any parsing. */
export interface Source {
  readonly text: string;
  readonly sightings: readonly Sighting[];
  /** False for what is no text at all, such as a compiled program. */
  readonly readable: boolean;
}

/** More than this is data, not a program that a person can review. */
export const maxSourceLength = 4 * 1024 * 1024;

/** Direction marks that change the order of shown text; see "Trojan Source". */
const bidi = /[\u202A-\u202E\u2066-\u2069]/;
const nul = /\0/;
/** A shell takes control characters for parts of words; nobody who reads the script sees them. */
const controls = /[\0-\x08\x0E-\x1A\x1C-\x1F\x7F]/;
const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/;
const utf8 = /^(utf[-_]?8([-_]sig)?|u8)$/i;
const asciiAlike = /^(us-?ascii|ascii|latin[-_]?1|iso-?8859-1|iso-latin-1|cp1252|windows-1252)$/i;

/**
 * `match [a, b]:` reads as an annotated subscript to the grammar, but not to Python. A plus sign in
 * place of the blank keeps every offset and makes the subject an expression of its own.
 */
const matchOnList = /^([ \t]*match)[ \t](?=[ \t]*\[[\s\S]{0,2000}?:[ \t]*(?:#[^\n]*)?\n\s*case\b)/gm;

/**
 * `type(x).y = z` reads as a type alias to the grammar. A wide `t` is the same name to Python, keeps
 * every offset, and is no keyword.
 */
const typeAsName = /((?:^|[;:])[ \t\f]*)type(?=[ \t\\]*[([.\n])/gm;

/**
 * Universal newlines and byte order mark as CPython treats them; columns and lines stay the ones that
 * an editor shows, because every line ending counts as one there too.
 */
export function readSource(language: Language, code: string): Source {
  const sightings: Sighting[] = [];
  let text = code.startsWith('\uFEFF') ? code.slice(1) : code;
  if (text.includes('\r')) text = text.replace(/\r\n?/g, '\n');
  if (language === 'python') {
    if (text.includes('match')) text = text.replace(matchOnList, '$1+');
    if (text.includes('type')) text = text.replace(typeAsName, '$1\uFF54ype');
  }
  if (language === 'shell') text = inKnownForms(text);
  const control = (language === 'shell' ? controls : nul).exec(text);
  if (control) sightings.push(at('syntax', control.index, control.index + 1, notText(control[0])));
  const mark = bidi.exec(text);
  if (mark) {
    sightings.push(
      at('syntax.bidi', mark.index, mark.index + 1, 'An invisible direction mark changes what is shown'),
    );
  }
  if (language === 'python') sightings.push(...checkCookie(text));
  return { text, sightings, readable: !control };
}

function notText(character: string): string {
  const code = character.charCodeAt(0);
  const name = code === 0 ? 'a NUL character' : `the control character ${code}`;
  return `This is not plain text: it holds ${name}, which readers of the code do not see`;
}

/** An encoding declared in the first two lines decides how CPython reads the file. */
function checkCookie(text: string): Sighting[] {
  let start = 0;
  for (const line of text.split('\n', 2)) {
    const declared = cookie.exec(line);
    if (declared?.[1] !== undefined) {
      const name = declared[1];
      const plain = utf8.test(name) || (asciiAlike.test(name) && isAscii(text));
      if (plain) return [];
      const message = `The source says it is encoded as ${name}, so the interpreter may read other code than is shown`;
      return [at('syntax.encoding', start, start + line.length, message)];
    }
    if (!/^[ \t\f]*(#.*)?$/.test(line)) return [];
    start += line.length + 1;
  }
  return [];
}

function isAscii(text: string): boolean {
  return !/[^\n\r\t\f\x20-\x7E]/.test(text);
}

function at(rule: string, start: number, end: number, message: string): Sighting {
  return { rule, start, end, message, route: [] };
}
