/** Thrown when a program takes more work than its size explains. */
export class TooComplex extends Error {}

/**
 * The work that one check may do. Steps are counted instead of time, so that the same program is
 * judged alike on every machine.
 */
export class StepBudget {
  readonly limit: number;
  #spent = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  /** Counts work; a program that takes too much of it is refused, not waited for. */
  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.limit) throw new TooComplex();
  }
}
