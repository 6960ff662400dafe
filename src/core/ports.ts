import type { AgentEvent, AskRequest } from './agent.ts';
import type { Decision } from './decision.ts';
import type { Report } from './finding.ts';
import type { Language, Proposal } from './proposal.ts';
import type { RunEvent, RunRequest, RunResult, SandboxInfo } from './run.ts';
import type { RunRecord } from './record.ts';

/** Looks at code without running it. Never throws: what it can't read is a blocking finding. */
export interface Validator {
  check(language: Language, code: string): Promise<Report>;
}

/** Asks whoever may decide. Resolves with a rejection when `signal` aborts. */
export interface Approver {
  decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision>;
}

/** A sandbox. Expected endings are results; it rejects only when it is broken itself. */
export interface Executor {
  /** Which sandbox the next run would get; resolves quickly and never throws. */
  describe(): Promise<SandboxStatus>;
  execute(request: RunRequest, emit: (event: RunEvent) => void, signal: AbortSignal): Promise<RunResult>;
  /** Makes ready (image, pool) ahead of the first run. */
  prepare?(progress: (message: string) => void, signal: AbortSignal): Promise<void>;
  /** Ends everything that it started. */
  close(): Promise<void>;
}

export type SandboxStatus =
  | { readonly available: true; readonly sandbox: SandboxInfo }
  | { readonly available: false; readonly reason: string; readonly sandbox: SandboxInfo };

/** Keeps what happened. A record is written when the decision falls and again when the run ends. */
export interface Recorder {
  save(record: RunRecord): Promise<void>;
}

/** Where a person watches a run: output channel, chat card, terminal. */
export interface Output {
  show(proposal: Proposal, event: RunEvent): void;
}

/** Turns a request into text and proposals; see AgentEvent for what it says on the way. */
export interface Agent {
  ask(request: AskRequest, emit: (event: AgentEvent) => void, signal: AbortSignal): Promise<void>;
}
