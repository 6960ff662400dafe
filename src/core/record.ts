import type { FinalDecision } from './decision.ts';
import type { Report } from './finding.ts';
import type { SandboxKind } from './guarantees.ts';
import type { Language } from './language.ts';
import type { Origin } from './proposal.ts';
import { runStatuses, type RunResult } from './run.ts';

/**
 * How a record ended, as people are told: what was rejected is that, whatever its result is called, and
 * what the person interrupted has not failed.
 */
export const endings = [...runStatuses, 'rejected', 'interrupted'] as const;
export type Ending = (typeof endings)[number];

/** How it ended; `running` while it is under way. */
export function endingOf({ decision, result }: Pick<RunRecord, 'decision' | 'result'>): Ending | 'running' {
  if (decision.kind === 'reject') return 'rejected';
  if (result?.interrupted === true) return 'interrupted';
  return result?.status ?? 'running';
}

/** One line of the execution history: what was proposed, who decided, and what it did. */
export interface RunRecord {
  readonly runId: string;
  readonly proposalId: string;
  /** Milliseconds since the epoch, when the decision fell. */
  readonly at: number;
  readonly origin: Origin;
  readonly language: Language;
  readonly title: string;
  readonly purpose: string;
  readonly code: string;
  readonly hash: string;
  /** What it was decided for; absent in records of old versions. */
  readonly sandbox?: SandboxKind;
  readonly stdin?: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly threadId?: string;
  readonly rerunOf?: string;
  /** The session whose state the run found and left behind; absent: it ran afresh. */
  readonly sessionId?: string;
  readonly report: Report;
  readonly decision: FinalDecision;
  /** Absent while the run is under way. */
  readonly result?: RunResult;
}
