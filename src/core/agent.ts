import type { Usage } from './usage.ts';
import type { InputFile } from './proposal.ts';
import type { Report } from './finding.ts';
import type { Decision, Unsuited } from './decision.ts';
import type { ChangeResult, PermissionAnswer, PermissionRequest } from './permission.ts';
import type { Proposal } from './proposal.ts';
import type { RunEvent, RunResult } from './run.ts';

/** Said where a request can't go on because another window has a turn of its conversation open. */
export const openElsewhere =
  'This conversation is open in another window, where it is under way. Go on there, or here once it is done.';

/** One message of a person to the agent. */
export interface AskRequest {
  readonly threadId: string;
  /** Names this request for good; going back in the conversation is told by it. */
  readonly requestId: string;
  readonly text: string;
  /** Files that the person attached; readable in the sandbox under their names. */
  readonly files: readonly InputFile[];
}

/** What is left of requests that were taken back. */
export interface TakenBack {
  /** A summary that the model reads still tells of some of them. */
  readonly inSummary: boolean;
}

/** How full the model's window is, in tokens. */
export interface ContextUse {
  readonly used: number;
  readonly window: number;
}

/** What the agent says while it works; deltas are to be appended. `done` or `failed` comes last. */
export type AgentEvent =
  | { readonly kind: 'text'; readonly delta: string }
  | { readonly kind: 'thinking'; readonly delta: string }
  /**
   * The reply broke off and is written anew: text, thinking and drafts since the last `ran`,
   * `usage` or start of the answer are void.
   */
  | { readonly kind: 'retracted' }
  /** A tool call is being written by the model; nothing can run yet. */
  | { readonly kind: 'drafting'; readonly proposalId: string }
  | { readonly kind: 'proposed'; readonly proposal: Proposal; readonly report: Report }
  | { readonly kind: 'decided'; readonly proposalId: string; readonly decision: Decision | Unsuited }
  | { readonly kind: 'run'; readonly proposalId: string; readonly event: RunEvent }
  | { readonly kind: 'ran'; readonly proposalId: string; readonly result: RunResult }
  /** A person is asked for something else than running code. */
  | { readonly kind: 'asked'; readonly request: PermissionRequest }
  | { readonly kind: 'answered'; readonly requestId: string; readonly answer: PermissionAnswer }
  | { readonly kind: 'changed'; readonly requestId: string; readonly result: ChangeResult }
  /** One about the same thing takes the place of the notice right before it. */
  | { readonly kind: 'notice'; readonly message: string; readonly about?: 'retry' }
  | { readonly kind: 'usage'; readonly usage: Usage; readonly context?: ContextUse }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string }
  | { readonly kind: 'done' };
