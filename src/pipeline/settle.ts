import type { Decision, FinalDecision } from '../core/decision.ts';
import { isWorse, type Report } from '../core/finding.ts';
import type { SandboxKind } from '../core/guarantees.ts';
import { policyAnswer } from '../core/policy.ts';
import type { Draft, Proposal } from '../core/proposal.ts';
import { approvedFor } from './approvedFor.ts';
import { propose } from './propose.ts';
import type { PipelineOptions, PipelineParts } from './pipelineParts.ts';

/** A proposal with the decision on it, and what was known when it was checked. */
export interface Settled {
  readonly proposal: Proposal;
  readonly report: Report;
  readonly decision: FinalDecision;
}

interface Checked {
  readonly report: Report;
  /** How many programs had run in its session by then. */
  readonly earlier: number;
}

/**
 * Validates and asks until there is a decision on exactly the code that was shown, by all that is known.
 *
 * Programs of one session leave names to each other, and others of them may have run while this one
 * waited: what is judged worse by that is decided on anew.
 */
export async function settle(
  draft: Draft,
  sandbox: SandboxKind,
  parts: PipelineParts,
  options: PipelineOptions,
): Promise<Settled> {
  const refusal = await parts.executor.refuses(draft.language);
  let current = draft;
  for (;;) {
    const proposal = propose(current, sandbox);
    let checked = await check(proposal, parts, options);
    const { report } = checked;
    parts.output.proposed?.(proposal, report);
    if (refusal !== undefined) return { proposal, report, decision: { kind: 'unsuited', reason: refusal } };
    const decision = await decide(proposal, report, parts, options);
    if (decision.kind === 'reject') return { proposal, report, decision: withEdit(decision, proposal) };
    if (decision.kind === 'edit') {
      current = edited(draft, { ...current, code: decision.code, previousCode: current.code });
      continue;
    }
    const isStale = (): boolean => programsBefore(proposal, parts, options).length !== checked.earlier;
    while (isStale() && !isWorse(checked.report, report)) checked = await check(proposal, parts, options);
    if (isWorse(checked.report, report)) continue;
    // At once, so that no other program of the session can slip in between.
    parts.sessionCode.starts(options.sessionId, proposal.language, proposal.code);
    return { proposal, report: checked.report, decision: withEdit(decision, proposal) };
  }
}

/** The next version, which tells what was proposed first, unless it is that again. */
function edited(first: Draft, { editedFrom: _, ...next }: Draft): Draft {
  return next.code === first.code ? next : { ...next, editedFrom: first.code };
}

/** The record tells whose code it was. */
function withEdit<D extends FinalDecision>(decision: D, { editedFrom }: Proposal): D {
  return editedFrom === undefined ? decision : { ...decision, editedFrom };
}

/** Checks with all that has run in its session by now. */
async function check(proposal: Proposal, parts: PipelineParts, options: PipelineOptions): Promise<Checked> {
  const before = programsBefore(proposal, parts, options);
  const report = await parts.validator.check(proposal.language, proposal.code, before);
  return { report, earlier: before.length };
}

function programsBefore(
  { language }: Proposal,
  { sessionCode }: PipelineParts,
  { sessionId }: PipelineOptions,
): readonly string[] {
  return sessionCode.before(sessionId, language);
}

async function decide(
  proposal: Proposal,
  report: Report,
  parts: PipelineParts,
  options: PipelineOptions,
): Promise<Decision> {
  const { verdict } = report;
  const { origin } = proposal;
  const { mode, approvedForConversation = false } = options;
  const answer = policyAnswer({ origin, verdict, mode, approvedForConversation });
  const asksForFiles = (proposal.unattachedFiles?.length ?? 0) > 0;
  const hasAnswer = (): boolean => parts.approver.hasAnswer?.(proposal) === true;
  if (answer === 'run' && !asksForFiles && !hasAnswer()) {
    const by = policyAnswer({ origin, verdict, mode }) === 'run' ? 'policy' : 'conversation';
    return { kind: 'run', hash: proposal.hash, by };
  }
  let decision = await parts.approver.decide(proposal, report, options.signal);
  // An approval without insisting may have been given before these findings were known: once more.
  const again = answer === 'refuse' && decision.kind === 'run' && decision.inSpiteOfFindings !== true;
  if (again) decision = await parts.approver.decide(proposal, report, options.signal);
  // What was answered last counts, also where the findings that were asked about are gone by now.
  while (decision.kind === 'run' && hasAnswer())
    decision = await parts.approver.decide(proposal, report, options.signal);
  if (decision.kind !== 'run') return decision;
  if (approvedFor(proposal, decision.hash) === undefined) {
    return { kind: 'reject', reason: 'The approval was for other code than this. Nothing was run.' };
  }
  if (answer === 'refuse' && decision.inSpiteOfFindings !== true) {
    return { kind: 'reject', reason: 'The validator blocked this code. Nothing was run.' };
  }
  return decision;
}
