import type { Decision, FinalDecision } from '../core/decision.ts';
import type { Outcome } from '../core/door.ts';
import type { Report } from '../core/finding.ts';
import type { Limits } from '../core/limits.ts';
import { policyAnswer, type ApprovalMode } from '../core/policy.ts';
import type { Approver, Executor, Output, Recorder, Validator } from '../core/ports.ts';
import type { Draft, Proposal } from '../core/proposal.ts';
import type { RunRecord } from '../core/record.ts';
import { kindNames, type SandboxKind } from '../core/guarantees.ts';
import { kindOf } from '../core/selfTest.ts';
import { emptyResult, type RunEvent, type RunResult, type RunStatus, type SandboxInfo } from '../core/run.ts';
import { approvedFor } from './approvedFor.ts';
import { propose } from './propose.ts';
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

/**
 * The one way in: propose → validate → approve → run → show → record. Every door calls this, so
 * nothing runs without the validator, the policy and the record.
 *
 * Expected endings (rejected, blocked, cancelled, failed) are results; it rejects only on faults.
 */
export async function runProposal(
  draft: Draft,
  parts: PipelineParts,
  options: PipelineOptions,
): Promise<Outcome> {
  // What is decided is decided for this kind of sandbox: if it goes away, no other takes its place.
  const { sandbox } = await parts.executor.describe();
  const { proposal, report, decision } = await settle(draft, kindOf(sandbox), parts, options);
  const record = { ...recordOf(proposal, report, decision, parts), ...sessionOf(options) };
  const finish = async (result: RunResult): Promise<Outcome> => {
    await parts.recorder.save({ ...record, result });
    return { proposal, report, decision, result };
  };
  if (decision.kind !== 'run') {
    const status = decision.kind === 'unsuited' ? 'unavailable' : rejectedStatus(report);
    const result = emptyResult(record.runId, status, sandbox, decision.reason ?? 'Rejected.');
    show(proposal, { kind: 'finished', result }, parts);
    return finish(result);
  }
  const approved = approvedFor(proposal, decision.hash) ?? proposal.sandbox;
  if (approved !== proposal.sandbox) {
    const result = emptyResult(record.runId, 'unavailable', sandbox, elsewhere(approved, proposal.sandbox));
    show(proposal, { kind: 'finished', result }, parts);
    return finish(result);
  }
  await parts.recorder.save(record);
  const result = await execute(proposal, record.runId, sandbox, parts, options);
  return finish(result);
}

function rejectedStatus({ verdict }: Report): RunStatus {
  return verdict === 'block' ? 'blocked' : 'cancelled';
}

function elsewhere(approved: SandboxKind, now: SandboxKind): string {
  return `This was approved for the sandbox "${kindNames[approved]}", but it is "${kindNames[now]}" now. Nothing was run. Ask for it once more to decide on it anew.`;
}

/** Validates and asks until there is a decision on exactly the code that was shown. */
async function settle(draft: Draft, sandbox: SandboxKind, parts: PipelineParts, options: PipelineOptions) {
  const refusal = await parts.executor.refuses(draft.language);
  let current = draft;
  for (;;) {
    const proposal = propose(current, sandbox);
    const report = await parts.validator.check(
      proposal.language,
      proposal.code,
      parts.sessionCode.before(options.sessionId, proposal.language),
    );
    parts.output.proposed?.(proposal, report);
    if (refusal !== undefined)
      return { proposal, report, decision: { kind: 'unsuited', reason: refusal } as const };
    const decision = await decide(proposal, report, parts, options);
    if (decision.kind !== 'edit') return { proposal, report, decision };
    current = { ...current, code: decision.code, previousCode: current.code };
  }
}

async function decide(
  proposal: Proposal,
  report: Report,
  parts: PipelineParts,
  options: PipelineOptions,
): Promise<Decision> {
  const answer = policyAnswer({
    origin: proposal.origin,
    verdict: report.verdict,
    mode: options.mode,
    approvedForConversation: options.approvedForConversation ?? false,
  });
  const asksForFiles = (proposal.unattachedFiles?.length ?? 0) > 0;
  if (answer === 'run' && !asksForFiles) return { kind: 'run', hash: proposal.hash, by: 'policy' };
  const decision = await parts.approver.decide(proposal, report, options.signal);
  if (decision.kind !== 'run') return decision;
  if (approvedFor(proposal, decision.hash) === undefined) {
    return { kind: 'reject', reason: 'The approval was for other code than this. Nothing was run.' };
  }
  if (answer === 'refuse' && decision.inSpiteOfFindings !== true) {
    return { kind: 'reject', reason: 'The validator blocked this code. Nothing was run.' };
  }
  return decision;
}

function sessionOf({ sessionId }: PipelineOptions): { sessionId?: string } {
  return sessionId === undefined ? {} : { sessionId };
}

async function execute(
  proposal: Proposal,
  runId: string,
  sandbox: SandboxInfo,
  parts: PipelineParts,
  options: PipelineOptions,
): Promise<RunResult> {
  let shown: RunResult | undefined;
  const emit = (event: RunEvent): void => {
    if (event.kind === 'finished') shown = event.result;
    show(proposal, event, parts);
  };
  parts.sessionCode.starts(options.sessionId, proposal.language, proposal.code);
  try {
    const result = await parts.executor.execute(
      {
        runId,
        language: proposal.language,
        code: proposal.code,
        title: proposal.title,
        files: proposal.files,
        limits: options.limits,
        kind: proposal.sandbox,
        ...(proposal.stdin === undefined ? {} : { stdin: proposal.stdin }),
        ...(proposal.cell === undefined ? {} : { cell: proposal.cell }),
        ...sessionOf(options),
      },
      emit,
      options.signal,
    );
    if (shown === undefined) show(proposal, { kind: 'finished', result }, parts);
    return result;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const result = emptyResult(runId, options.signal.aborted ? 'cancelled' : 'unavailable', sandbox, message);
    if (shown === undefined) show(proposal, { kind: 'finished', result }, parts);
    return result;
  }
}

/** Whoever watches may go away in the middle (a window closes); the run and its record do not mind. */
function show(proposal: Proposal, event: RunEvent, parts: PipelineParts): void {
  try {
    parts.output.show(proposal, event);
  } catch {
    // Its view is gone.
  }
}

function recordOf(
  proposal: Proposal,
  report: Report,
  decision: FinalDecision,
  parts: PipelineParts,
): RunRecord {
  return {
    runId: parts.newRunId(),
    proposalId: proposal.id,
    at: parts.now(),
    origin: proposal.origin,
    language: proposal.language,
    title: proposal.title,
    purpose: proposal.purpose,
    code: proposal.code,
    hash: proposal.hash,
    sandbox: proposal.sandbox,
    files: proposal.files.map(({ name, bytes }) => ({ name, bytes })),
    report,
    decision,
    ...(proposal.stdin === undefined ? {} : { stdin: proposal.stdin }),
    ...(proposal.threadId === undefined ? {} : { threadId: proposal.threadId }),
    ...(proposal.rerunOf === undefined ? {} : { rerunOf: proposal.rerunOf }),
  };
}
