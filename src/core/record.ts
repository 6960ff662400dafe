import type { FinalDecision } from './decision.ts';
import type { Report } from './finding.ts';
import type { SandboxKind } from './guarantees.ts';
import type { Language } from './language.ts';
import type { Origin } from './proposal.ts';
import type { RunResult } from './run.ts';

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
