import type { Limits } from '../core/limits.ts';
import type { ApprovalMode } from '../core/policy.ts';
import type { Approver, Executor, Output, Recorder, Validator } from '../core/ports.ts';
import type { SessionCode } from './sessionCode.ts';

export interface PipelineParts {
  readonly validator: Validator;
  readonly approver: Approver;
  readonly executor: Executor;
  readonly recorder: Recorder;
  readonly output: Output;
  readonly now: () => number;
  readonly newRunId: () => string;
  /** Shared by all runs of the product. */
  readonly sessionCode: SessionCode;
}

export interface PipelineOptions {
  readonly limits: Limits;
  readonly mode: ApprovalMode;
  readonly approvedForConversation?: boolean;
  readonly sessionId?: string;
  readonly signal: AbortSignal;
}
