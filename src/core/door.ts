import type { FinalDecision } from './decision.ts';
import type { Report } from './finding.ts';
import type { Approver, ChangeWriter, Output, Permitter } from './ports.ts';
import type { Draft, Proposal } from './proposal.ts';
import type { RunResult } from './run.ts';

/** What came of a proposal, from whichever door. */
export interface Outcome {
  readonly proposal: Proposal;
  readonly report: Report;
  readonly decision: FinalDecision;
  readonly result: RunResult;
}

/** What a door brings along: who is asked, where it is shown, and when it is off. */
export interface Door {
  readonly approver: Approver;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly approvedForConversation?: boolean;
  /** Runs with the same id share one sandbox that keeps its state. */
  readonly sessionId?: string;
  /** Wall time for this run, in milliseconds, instead of the configured one. */
  readonly wallMs?: number;
}

/** The pipeline with its parts bound; the only way for a door to run code. */
export type RunCode = (draft: Draft, door: Door) => Promise<Outcome>;

/** What a door brings along when it wants the agent. */
export interface AgentDoor {
  readonly approver: Approver;
  /** Watches runs besides the agent's own events, e.g. the output channel. */
  readonly output: Output;
  /** Asks for what is no running of code; absent: nothing of it is allowed. */
  readonly permitter?: Permitter;
  /** Writes changes of files; absent: none can be proposed. */
  readonly changes?: ChangeWriter;
  /** Hears of each run that the agent's tool finished. */
  readonly onOutcome?: (outcome: Outcome) => void;
  /** Conversations, and approvals that wait in them, outlive the process. */
  readonly keepsConversations?: boolean;
  /** The session of a conversation whose runs keep their state; undefined: each starts afresh. */
  readonly sessionOf?: (threadId: string) => string | undefined;
  /** Whether clean code of a conversation runs without asking, because the person said so there. */
  readonly runsUnasked?: (threadId: string) => boolean;
}
