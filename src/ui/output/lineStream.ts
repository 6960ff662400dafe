import { cutWhole, neutralise, openSequenceStart } from './controlText.ts';

/**
 * Turns chunks of program output into harmless text for the output channel: marks the lines of one
 * stream, keeps sequences whole that were cut between chunks, and stops at a budget.
 */
export class LineStream {
  readonly #mark: string;
  readonly #budget: number;
  #held = '';
  #shown = 0;
  #dropped = 0;
  #atLineStart = true;

  constructor(mark: string, budget: number) {
    this.#mark = mark;
    this.#budget = budget;
  }

  /** Characters that were not shown because the budget was spent. */
  get dropped(): number {
    return this.#dropped;
  }

  get atLineStart(): boolean {
    return this.#atLineStart;
  }

  push(chunk: string): string {
    const text = this.#held + chunk;
    const end = openSequenceStart(text);
    this.#held = text.slice(end);
    return this.#take(text.slice(0, end));
  }

  /** What was held back, and an end to the last line. */
  end(): string {
    const rest = this.#take(this.#held);
    this.#held = '';
    const close = this.#atLineStart ? '' : '\n';
    this.#atLineStart = true;
    return rest + close;
  }

  #take(text: string): string {
    const clean = neutralise(text);
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
