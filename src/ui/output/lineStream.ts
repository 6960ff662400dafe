import { cutWhole } from './controlText.ts';
import { ScreenStream, type KnownSecrets } from './screenText.ts';

/**
 * Turns chunks of program output into text for the output channel, fit for a screen: marks the lines
 * of one stream and stops at a budget.
 */
export class LineStream {
  readonly #mark: string;
  readonly #budget: number;
  readonly #screen: ScreenStream;
  #shown = 0;
  #dropped = 0;
  #atLineStart = true;

  constructor(mark: string, budget: number, secrets: KnownSecrets) {
    this.#mark = mark;
    this.#budget = budget;
    this.#screen = new ScreenStream(secrets);
  }

  /** Characters that were not shown because the budget was spent. */
  get dropped(): number {
    return this.#dropped;
  }

  get atLineStart(): boolean {
    return this.#atLineStart;
  }

  push(chunk: string): string {
    return this.#take(this.#screen.push(chunk));
  }

  /** An end to the last line; the stream may go on below. */
  breakLine(): string {
    const close = this.#atLineStart ? '' : '\n';
    this.#atLineStart = true;
    return close;
  }

  /** What was held back, and an end to the last line. */
  end(): string {
    return this.#take(this.#screen.end()) + this.breakLine();
  }

  #take(clean: string): string {
    const room = Math.max(0, this.#budget - this.#shown);
    const kept = clean.length > room ? cutWhole(clean, room) : clean;
    this.#dropped += clean.length - kept.length;
    this.#shown += kept.length;
    if (kept === '') return '';
    const marked = (this.#atLineStart ? this.#mark : '') + kept.replace(/\n(?=[^])/g, `\n${this.#mark}`);
    this.#atLineStart = kept.endsWith('\n');
    return marked;
  }
}
