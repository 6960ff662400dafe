import type { AgentEvent, AskRequest, TakenBack } from './agent.ts';
import type { Decision, FinalDecision } from './decision.ts';
import type { Report, Verdict } from './finding.ts';
import type { Disposable } from './lifecycle.ts';
import type { ChangeResult, EditRequest, PermissionAnswer, PermissionRequest } from './permission.ts';
import type { Language } from './language.ts';
import type { Origin, Proposal } from './proposal.ts';
import type { RunEvent, RunRequest, RunResult, SandboxInfo } from './run.ts';
import type { Ending, RunRecord } from './record.ts';

/** Looks at code without running it. Never throws: what it can't read is a blocking finding. */
export interface Validator {
  /** `earlier`: what ran before it in the same session, of the same language; its names live on. */
  check(language: Language, code: string, earlier?: readonly string[]): Promise<Report>;
}

/** A text that is checked again and again while it changes; only what changed is parsed anew. */
export interface CheckedText {
  /** Takes the whole new text and checks it. */
  update(code: string): Report;
  /** Frees what is kept of it. */
  close(): void;
}

/** Asks whoever may decide. Resolves with a rejection when `signal` aborts. */
export interface Approver {
  decide(proposal: Proposal, report: Report, signal: AbortSignal): Promise<Decision>;
  /**
   * Whether a person was asked already and the answer is still to be heard, by `decide`. It counts, whatever
   * the policy would say by now.
   */
  hasAnswer?(proposal: Proposal): boolean;
}

/** Asks a person for what only a person may allow. Resolves with a refusal when `signal` aborts. */
export interface Permitter {
  permit(request: PermissionRequest, signal: AbortSignal): Promise<PermissionAnswer>;
}

/** Writes allowed changes into the workspace; a file that has changed in between stays as it is. */
export interface ChangeWriter {
  write(change: EditRequest): Promise<ChangeResult>;
}

/** A sandbox. Expected endings are results; it rejects only when it is broken itself. */
export interface Executor {
  /** Which sandbox the next run would get; resolves quickly and never throws. */
  describe(): Promise<SandboxStatus>;
  execute(request: RunRequest, emit: (event: RunEvent) => void, signal: AbortSignal): Promise<RunResult>;
  /** Why the next run could not be in this language, with what to do; undefined: it can. Never rejects. */
  refuses(language: Language): Promise<string | undefined>;
  /** Makes ready (image, pool) ahead of the first run. */
  prepare?(progress: (message: string) => void, signal: AbortSignal): Promise<void>;
  /** For people: what `prepare`, or the first run, still has to make; undefined: nothing. Never rejects. */
  toPrepare?(signal: AbortSignal): Promise<string | undefined>;
  /** Settings have changed: what waits for runs under the old ones is let go at once. */
  settingsChanged?(): void;
  /** All that still exists of sandboxes of this product, those of other processes too. Never rejects. */
  alive?(): Promise<readonly AliveSandbox[]>;
  /** Removes the images that were built for it and are not in use; the next run builds anew. */
  pruneImages?(): Promise<PrunedImages>;
  /** Raises an interrupt in the run that the session has under way; its state stays. False: it can't. */
  interruptSession?(sessionId: string): Promise<boolean>;
  /** Ends a session; its next run starts with nothing. */
  closeSession?(sessionId: string): Promise<void>;
  /** Ends everything that it started. */
  close(): Promise<void>;
}

/** A package that can be fetched for a sandbox, and whether it is here with all that it needs. */
export interface PackageInfo {
  readonly name: string;
  readonly version: string;
  readonly here: boolean;
}

/** Packages that are fetched for a sandbox on a person's request, by the host and never from inside. */
export interface Packages {
  list(): Promise<readonly PackageInfo[]>;
  /** Rejects with what to do; what came is kept. */
  fetch(names: readonly string[], progress: (message: string) => void, signal: AbortSignal): Promise<void>;
}

export type SandboxStatus =
  | {
      readonly available: true;
      readonly sandbox: SandboxInfo;
      /** Third-party packages that programs find; absent where that is not known. */
      readonly packages?: readonly string[];
    }
  | {
      readonly available: false;
      readonly reason: string;
      readonly sandbox: SandboxInfo;
      /** It is there, and an attack got out of it. */
      readonly closed?: boolean;
    };

/** One sandbox that was started, or was about to be, whichever process did it. */
export interface AliveSandbox {
  readonly id: string;
  /** Names the process that it belongs to. */
  readonly owner: string;
  readonly image: string;
  /** `running`, `created`, `exited` … */
  readonly state: string;
  /** Milliseconds since the epoch; undefined where that is not known. */
  readonly leaseUntil: number | undefined;
  /** Nobody can need it any more; it goes with the next sweep. */
  readonly stale: boolean;
}

export interface PrunedImages {
  readonly removed: readonly string[];
  /** In use by a container or another image, so left alone. */
  readonly kept: readonly string[];
}

/** Keeps what happened. A record is written when the decision falls and again when the run ends. */
export interface Recorder {
  save(record: RunRecord): Promise<void>;
}

export interface HistoryQuery {
  /** Full-text search over title, purpose, code and output. */
  readonly text?: string;
  readonly status?: Ending;
  readonly limit: number;
  readonly offset?: number;
}

/** One row of the history list. `status` is `running` until the result is known. */
export interface RunSummary {
  readonly runId: string;
  readonly at: number;
  readonly title: string;
  readonly purpose: string;
  readonly language: Language;
  readonly origin: Origin;
  readonly verdict: Verdict;
  readonly status: Ending | 'running';
  readonly wallMs: number;
}

/** The execution history as its readers see it: newest first. */
export interface History extends Recorder {
  list(query: HistoryQuery): Promise<readonly RunSummary[]>;
  get(runId: string): Promise<RunRecord | undefined>;
  remove(runId: string): Promise<void>;
  /** Tells the run ids that were saved or removed. */
  readonly onDidChange: (listener: (runId: string) => void) => Disposable;
  close(): Promise<void>;
}

/** Where a person watches a run: output channel, chat card, terminal. */
export interface Output {
  /** Checked, and about to be decided on. Comes again for the same id when it was edited or resumed. */
  proposed?(proposal: Proposal, report: Report): void;
  /** Decided for good, before anything of it runs. */
  decided?(proposal: Proposal, decision: FinalDecision): void;
  show(proposal: Proposal, event: RunEvent): void;
}

/** Which conversation is under way in which window: a turn goes on in one of them alone. */
export interface OpenTurns {
  /**
   * False where another window has a turn of this conversation open; else it is this one's until `letGo`, or
   * until another one took it for gone: then `lost` is called, once.
   */
  take(threadId: string, lost: () => void): boolean;
  /** Looks whether it is this one's still, and says that this one is there. */
  keep(threadId: string): void;
  letGo(threadId: string): void;
  /** Whether another window has one open. */
  elsewhere(threadId: string): boolean;
}

/**
 * Turns a request into text and proposals; see AgentEvent for what it says on the way. Both methods
 * resolve after `done` or `failed` was emitted and do not reject for expected failures.
 */
export interface Agent {
  ask(request: AskRequest, emit: (event: AgentEvent) => void, signal: AbortSignal): Promise<void>;
  /** Goes on with a conversation that was waiting for a decision when the window closed. */
  resume(threadId: string, emit: (event: AgentEvent) => void, signal: AbortSignal): Promise<void>;
  /** Whether `resume` has something to go on with; not what another window has open. */
  hasPending(threadId: string): Promise<boolean>;
  /** Drops all that is kept of a conversation. */
  forget?(threadId: string): Promise<void>;
  /**
   * Takes back these requests, which are the last ones, and what followed, to edit or try again.
   * Requests that never reached the model are none of its business and change nothing.
   */
  rewind?(threadId: string, requestIds: readonly string[]): Promise<TakenBack>;
  /** Begins another conversation with all of this one but these requests, which are its last ones. */
  branch?(threadId: string, newThreadId: string, requestIds: readonly string[]): Promise<TakenBack>;
  close(): Promise<void>;
}
