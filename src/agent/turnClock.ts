import { AgentStop } from './agentStop.ts';

/**
 * Ends a turn that has worked for too long. Time in which a person thinks about a proposal does not
 * count, so it is stopped meanwhile.
 */
export class TurnClock {
  readonly #expired = new AbortController();
  #leftMs: number;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number) {
    this.#leftMs = limitMs;
  }

  /** Aborts when the time is up. */
  get signal(): AbortSignal {
    return this.#expired.signal;
  }

  start(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#expired.abort(tooLong()), this.#leftMs);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#leftMs = Math.max(0, this.#leftMs - (performance.now() - this.#since));
  }
}

function tooLong(): AgentStop {
  return new AgentStop(
    'time-limit',
    'The agent has worked on this for too long and was stopped. Ask for less at once, or ask it to go on.',
  );
}
