import type { GuaranteeId } from '../core/guarantees.ts';
import type { Limits } from '../core/limits.ts';
import type { Language } from '../core/language.ts';
import type { RunResult } from '../core/run.ts';

/** Things of the host that no program in a sandbox may reach. */
export interface Bait {
  /** A file with the token in it. */
  readonly file: string;
  /** In that file and in the environment of our own process. */
  readonly token: string;
  /** A server of ours; what connects to it has escaped. */
  readonly port: number;
}

export type Outcomes = Partial<Record<GuaranteeId, string | undefined>>;

/** One program that tries to break guarantees, and what its end tells of them. */
export interface Attack {
  /** Python where it is absent. */
  readonly language?: Language;
  readonly code: (bait: Bait) => string;
  readonly limits?: Partial<Limits>;
  /** For each guarantee that it attacks: what got through, or undefined. */
  readonly judge: (result: RunResult) => Outcomes;
}

/** Proved, broken, or, where a run ended otherwise (an engine that went away), nothing of either. */
export function held(proved: boolean, broken: boolean, what: Outcomes): Outcomes {
  if (broken) return what;
  return proved ? Object.fromEntries(Object.keys(what).map((id) => [id, undefined])) : {};
}
