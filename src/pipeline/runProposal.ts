import type { FinalDecision } from '../core/decision.ts';
import type { Outcome } from '../core/door.ts';
import type { Report } from '../core/finding.ts';
import type { Draft, Proposal } from '../core/proposal.ts';
import type { RunRecord } from '../core/record.ts';
import { kindNames, type SandboxKind } from '../core/guarantees.ts';
import { kindOf } from '../core/selfTest.ts';
import { emptyResult, type RunEvent, type RunResult, type RunStatus, type SandboxInfo } from '../core/run.ts';
import { approvedFor } from './approvedFor.ts';
import type { PipelineOptions, PipelineParts } from './pipelineParts.ts';
import { settle } from './settle.ts';

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
  tell(() => parts.output.decided?.(proposal, decision));
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
  // What ran has run: a history that can't keep its result must not take it from whoever waits for it.
  const outcome = await finish(result).catch((error: unknown): Outcome => {
    const notices = [...result.notices, notKept(error)];
    return { proposal, report, decision, result: { ...result, notices } };
  });
  show(proposal, { kind: 'finished', result: outcome.result }, parts);
  return outcome;
}

function notKept(error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  return `The history could not keep this result (${why}), and names the run without one. Make room, or see that nothing else holds the history.`;
}

function rejectedStatus({ verdict }: Report): RunStatus {
  return verdict === 'block' ? 'blocked' : 'cancelled';
}

function elsewhere(approved: SandboxKind, now: SandboxKind): string {
  return `This was approved for the sandbox "${kindNames[approved]}", but it is "${kindNames[now]}" now. Nothing was run. Ask for it once more to decide on it anew.`;
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
  // The end is shown when it is known whether the history has kept it.
  const emit = (event: RunEvent): void => {
    if (event.kind !== 'finished') show(proposal, event, parts);
  };
  try {
    return await parts.executor.execute(
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
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return emptyResult(runId, options.signal.aborted ? 'cancelled' : 'unavailable', sandbox, message);
  }
}

function show(proposal: Proposal, event: RunEvent, parts: PipelineParts): void {
  tell(() => parts.output.show(proposal, event));
}

/** Whoever watches may go away in the middle (a window closes); the run and its record do not mind. */
function tell(say: () => void): void {
  try {
    say();
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
