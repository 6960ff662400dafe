/** One text that a word may expand to; `open` when text of unknown content follows it. */
export interface Reading {
  readonly text: string;
  readonly open: boolean;
}

/** Everything that a word may expand to. */
export interface Word {
  readonly readings: readonly Reading[];
  /** It may also be something that only the run knows. */
  readonly unknown: boolean;
  /** Quoted as a whole: spaces in it do not split it. */
  readonly quoted: boolean;
}

const most = 24;
/** Longer texts are of no use as names and paths, and would let a script fill memory. */
const longest = 4096;

export const unknownWord: Word = { readings: [], unknown: true, quoted: false };

export function word(text: string, quoted = true): Word {
  return { readings: [reading(text, false)], unknown: false, quoted };
}

function reading(text: string, open: boolean): Reading {
  return { text: text.slice(0, longest), open: open || text.length > longest };
}

/** Either of two words. */
export function either(a: Word, b: Word): Word {
  const readings = [...a.readings];
  for (const one of b.readings) {
    if (!readings.some((other) => other.text === one.text && other.open === one.open)) readings.push(one);
  }
  const cut = readings.length > most;
  return {
    readings: readings.slice(0, most),
    unknown: a.unknown || b.unknown || cut,
    quoted: a.quoted && b.quoted,
  };
}

/** Two words written without a space between them. */
export function glue(a: Word, b: Word): Word {
  const readings: Reading[] = [];
  for (const start of a.readings) {
    if (start.open) readings.push(start);
    else {
      for (const end of b.readings) readings.push(reading(start.text + end.text, end.open));
      if (b.unknown) readings.push({ text: start.text, open: true });
    }
  }
  const cut = readings.length > most;
  return { readings: readings.slice(0, most), unknown: a.unknown || cut, quoted: a.quoted && b.quoted };
}

/** The closed texts of a word. */
export function textsOf(value: Word): string[] {
  return value.readings.filter((reading) => !reading.open).map((reading) => reading.text);
}

/** The fields that an unquoted text splits into. */
export function fieldsOf(text: string, separators = ' \t\n'): string[] {
  const fields = [''];
  for (const letter of text) {
    if (separators.includes(letter)) fields.push('');
    else fields[fields.length - 1] += letter;
  }
  return fields.filter((field) => field !== '');
}

/** `{a,b}` in an unquoted text, outermost first; numbers as `{1..3}` stay as they are. */
export function expandBraces(text: string): string[] {
  const waiting = [text];
  const done: string[] = [];
  // Groups multiply: past a limit the rest is left as it stands.
  while (waiting.length > 0 && done.length + waiting.length < most * 2) {
    const next = waiting.shift() ?? '';
    const group = next.length > longest ? undefined : innermostList(next);
    if (group === undefined) done.push(next);
    else {
      const [start, end] = group;
      const parts = next.slice(start + 1, end).split(',', most);
      waiting.push(...parts.map((part) => `${next.slice(0, start)}${part}${next.slice(end + 1)}`));
    }
  }
  return [...done, ...waiting];
}

/** Where the first pair of braces stands that holds a comma and no other brace. */
function innermostList(text: string): readonly [start: number, end: number] | undefined {
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') start = at;
    else if (text[at] === '}') {
      if (start >= 0 && text.slice(start, at).includes(',')) return [start, at];
      start = -1;
    }
  }
  return undefined;
}

/** The text of an unquoted word: backslashes taken off. */
export function unescaped(text: string): string {
  return text.replace(/\\\n/g, '').replace(/\\(.)/gs, '$1');
}

/** The text of `$'…'` and of a format for printf. */
export function ansiText(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|0?([0-7]{1,3})|([abefnrtv\\'"?]))/gi,
    (_, hex?: string, long?: string, octal?: string, letter?: string) => {
      if (hex !== undefined || long !== undefined)
        return String.fromCodePoint(parseInt(hex ?? long ?? '0', 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
      const simple: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', e: '\x1b' };
      return simple[letter ?? ''] ?? letter ?? '';
    },
  );
}
