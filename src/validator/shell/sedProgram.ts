import type { ProgramEffect } from './programEffect.ts';

/** The files and commands that a script for sed names, read as sed reads it. */
export function sedEffects(script: string): ProgramEffect[] {
  const effects: ProgramEffect[] = [];
  const reader = new Reader(script);
  while (!reader.ended) command(reader, effects);
  return effects;
}

function command(reader: Reader, effects: ProgramEffect[]): void {
  reader.skip(/[\s;]*/y);
  while (address(reader)) reader.skip(/\s*,?\s*/y);
  reader.skip(/[\s!]*/y);
  const name = reader.next();
  switch (name) {
    case 's': {
      const mark = reader.next();
      reader.until(mark);
      reader.until(mark);
      const flags = reader.skip(/[gpiImMe\d]*/y);
      if (flags.includes('e')) effects.push({ kind: 'command' });
      if (reader.peek() === 'w') {
        reader.next();
        file(reader, effects);
      }
      return;
    }
    case 'y': {
      const mark = reader.next();
      reader.until(mark);
      reader.until(mark);
      return;
    }
    case 'r':
    case 'R':
    case 'w':
    case 'W':
      file(reader, effects);
      return;
    case 'e':
      effects.push({ kind: 'command' });
      reader.line();
      return;
    case 'a':
    case 'i':
    case 'c':
      while (reader.line().endsWith('\\') && !reader.ended);
      return;
    case '#':
      reader.line();
      return;
    case ':':
    case 'b':
    case 't':
    case 'T':
      reader.skip(/[^;\n}]*/y);
      return;
    default:
      reader.skip(/[ \t]*\d*/y);
  }
}

function address(reader: Reader): boolean {
  const start = reader.peek();
  if (start === '/' || start === '\\') {
    reader.next();
    reader.until(start === '/' ? '/' : reader.next());
    reader.skip(/[IM]*/y);
    return true;
  }
  return reader.skip(/\$|[\d~+]+/y) !== '';
}

function file(reader: Reader, effects: ProgramEffect[]): void {
  effects.push({ kind: 'file', path: reader.line().trim(), open: false });
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get ended(): boolean {
    return this.#at >= this.#text.length;
  }

  peek(): string {
    return this.#text[this.#at] ?? '';
  }

  next(): string {
    return this.#text[this.#at++] ?? '';
  }

  /** Reads past what a sticky pattern matches here. */
  skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  /** Reads past the next mark that no backslash hides. */
  until(mark: string): void {
    while (!this.ended) {
      const letter = this.next();
      if (letter === '\\') this.#at++;
      else if (letter === mark) return;
    }
  }

  /** The rest of the line. */
  line(): string {
    const end = this.#text.indexOf('\n', this.#at);
    const found = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return found;
  }
}
