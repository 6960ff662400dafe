import type { Scan } from './scanFile.ts';

const quote = 34;
const lineEnd = 10;
const space = 32;

/** Where in a row the next byte stands: numbers, because this is asked for each byte of a large file. */
const cellStart = 0;
const plain = 1;
const quoted = 2;
const quoteSeen = 3;

/** Counts the rows of a table as its bytes come. A line break in quotes ends no row; blank rows are none. */
export class RowScan implements Scan {
  readonly #separator: number;
  #state = cellStart;
  #rows = 0;
  #filled = false;
  #lines = 0;
  #lineFilled = false;

  constructor(separator: string) {
    this.#separator = separator.charCodeAt(0);
  }

  /** Rows so far, the last one also when no line break ended it. */
  get rows(): number {
    return this.#rows + (this.#filled ? 1 : 0);
  }

  /** Lines so far that are not blank, whatever is quoted. */
  get lines(): number {
    return this.#lines + (this.#lineFilled ? 1 : 0);
  }

  /** Quotes that are never closed: then nobody can say where a row ends. */
  get unclosed(): boolean {
    return this.#state === quoted;
  }

  feed(bytes: Uint8Array): void {
    const separator = this.#separator;
    let state = this.#state;
    let rows = this.#rows;
    let filled = this.#filled;
    let lines = this.#lines;
    let lineFilled = this.#lineFilled;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === lineEnd) {
        if (lineFilled) lines += 1;
        lineFilled = false;
        if (state === quoted) continue;
        if (filled) rows += 1;
        filled = false;
        state = cellStart;
        continue;
      }
      if (byte > space) lineFilled = true;
      if (state === quoted) {
        if (byte === quote) state = quoteSeen;
      } else if (state === quoteSeen && byte === quote) state = quoted;
      else if (byte === separator) {
        filled = true;
        state = cellStart;
      } else if (byte === quote && state === cellStart) {
        filled = true;
        state = quoted;
      } else if (byte > space) {
        filled = true;
        state = plain;
      }
    }
    this.#state = state;
    this.#rows = rows;
    this.#filled = filled;
    this.#lines = lines;
    this.#lineFilled = lineFilled;
  }
}
