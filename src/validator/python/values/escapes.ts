const simple: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

const pattern =
  /\\(?:(\n|[\\'"abfnrtv])|x([0-9a-fA-F]{2})|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\})/g;

/** The text behind the escapes of a literal. `open` when a named character is not in our small table. */
export function decodeEscapes(body: string, isBytes: boolean): { text: string; open: boolean } {
  if (!body.includes('\\')) return { text: isBytes ? utf8(body) : body, open: false };
  let cut = -1;
  let result = '';
  let last = 0;
  for (const match of body.matchAll(pattern)) {
    const [whole, plain, hex, octal, short, long, name] = match;
    const before = body.slice(last, match.index);
    result += isBytes ? utf8(before) : before;
    last = match.index + whole.length;
    if (plain !== undefined) result += simple[plain] ?? '';
    else if (hex !== undefined) result += String.fromCharCode(parseInt(hex, 16));
    else if (octal !== undefined)
      result += String.fromCharCode(parseInt(octal, 8) & (isBytes ? 0xff : 0x1ff));
    else if (isBytes) result += whole;
    else if (short !== undefined) result += String.fromCharCode(parseInt(short, 16));
    else if (long !== undefined) result += codePoint(parseInt(long, 16));
    else if (name !== undefined) {
      const character = namedCharacter(name);
      if (character === undefined && cut < 0) cut = result.length;
      result += character ?? '\uFFFD';
    }
  }
  result += isBytes ? utf8(body.slice(last)) : body.slice(last);
  return cut < 0 ? { text: result, open: false } : { text: result.slice(0, cut), open: true };
}

function codePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function utf8(value: string): string {
  return /^[\0-\x7F]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
}

const digits = ['ZERO', 'ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX', 'SEVEN', 'EIGHT', 'NINE'];
const names: Readonly<Record<string, string>> = {
  'LOW LINE': '_',
  'FULL STOP': '.',
  SPACE: ' ',
  SOLIDUS: '/',
  'REVERSE SOLIDUS': '\\',
  TILDE: '~',
  'HYPHEN-MINUS': '-',
  COLON: ':',
  'LEFT PARENTHESIS': '(',
  'RIGHT PARENTHESIS': ')',
  'QUOTATION MARK': '"',
  APOSTROPHE: "'",
};

/** Characters that names, paths and code are made of, by their Unicode name. */
export function namedCharacter(name: string): string | undefined {
  const upper = name.toUpperCase();
  const letter = /^LATIN (SMALL|CAPITAL) LETTER ([A-Z])$/.exec(upper);
  if (letter?.[2]) return letter[1] === 'SMALL' ? letter[2].toLowerCase() : letter[2];
  if (upper.startsWith('DIGIT ')) {
    const digit = digits.indexOf(upper.slice(6));
    if (digit >= 0) return String(digit);
  }
  return names[upper];
}
