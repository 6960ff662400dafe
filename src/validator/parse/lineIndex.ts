import type { Range } from '../../core/finding.ts';

/** Turns offsets into lines and columns. Lines end with LF; CRLF and CR were made LF before. */
export class LineIndex {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1);
  }

  /** Line of an offset, counted from 0. */
  line(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  range(start: number, end: number): Range {
    const startLine = this.line(start);
    const endLine = this.line(end);
    return {
      startLine,
      startColumn: start - (this.#starts[startLine] ?? 0),
      endLine,
      endColumn: end - (this.#starts[endLine] ?? 0),
    };
  }
}
