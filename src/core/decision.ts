import type { Report } from './finding.ts';
import type { Proposal } from './proposal.ts';

/**
 * Who let code run: a person who saw it, a person who let all clean code of a conversation run, or the
 * policy of the settings.
 */
export const deciders = ['person', 'conversation', 'policy'] as const;
export type Decider = (typeof deciders)[number];

/**
 * What a person (or the policy) said to a proposal. A `run` names the hash of the code that was
 * shown, and nothing else may run on it.
 */
export type Decision =
  | {
      readonly kind: 'run';
      readonly hash: string;
      readonly by: Decider;
      /** The person insisted although findings block. */
      readonly inSpiteOfFindings?: boolean;
      /** Do not ask again for clean code in this conversation. */
      readonly forConversation?: boolean;
    }
  | { readonly kind: 'edit'; readonly code: string }
  | { readonly kind: 'reject'; readonly reason?: string };

/** What the record keeps: an answer, with what was answered at first by an edit, or why nobody was asked. */
export type FinalDecision = (Exclude<Decision, { kind: 'edit' }> & Edited) | Unsuited;

/** Whose code was decided on. */
export interface Edited {
  /** A person has changed the code since it was proposed; this is what was proposed first. */
  readonly editedFrom?: string;
}

/** What was proposed before a person changed it; undefined: what was decided on is the proposal itself. */
export function firstCode(decision: FinalDecision): string | undefined {
  return decision.kind === 'unsuited' ? undefined : decision.editedFrom;
}

/** The sandbox can't run such code at all, so there was nothing to decide. */
export interface Unsuited {
  readonly kind: 'unsuited';
  readonly reason: string;
}

/**
 * What a person has decided by running a selection, a file or a record again: to run it, also with
 * warnings. Undefined where findings block, because only somebody who has read them can insist.
 */
export function decidedByStarting(proposal: Proposal, report: Report): Decision | undefined {
  if (report.verdict === 'block') return undefined;
  return { kind: 'run', hash: proposal.hash, by: 'person' };
}
