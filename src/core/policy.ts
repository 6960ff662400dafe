import type { Verdict } from './finding.ts';
import type { Origin } from './proposal.ts';

/** When code may run without asking. Blocked code, and code with a warning, is never among it. */
export type ApprovalMode = 'always-ask' | 'ask-on-findings';

/**
 * What the policy says before anybody is asked.
 * `run` needs no question, `ask` needs a person, `refuse` needs a person who insists.
 */
export type PolicyAnswer = 'run' | 'ask' | 'refuse';

/**
 * Pure: the same answer for the same input.
 *
 * Code that a person starts is for that person to decide, not for the policy: their door answers for
 * them (`decidedByStarting`). Code that a model wrote is asked for unless the mode (or an approval for
 * the whole conversation) lets clean code run: code that the validator neither blocks nor warns of.
 */
export function policyAnswer(input: {
  readonly origin: Origin;
  readonly verdict: Verdict;
  readonly mode: ApprovalMode;
  readonly approvedForConversation?: boolean;
}): PolicyAnswer {
  if (input.verdict === 'block') return 'refuse';
  switch (input.origin) {
    case 'selection':
    case 'terminal':
    case 'rerun':
      return 'ask';
    case 'agent':
    case 'tool':
    case 'mcp':
      return modelAnswer(input.verdict, input.mode, input.approvedForConversation ?? false);
  }
}

function modelAnswer(verdict: 'allow' | 'warn', mode: ApprovalMode, conversation: boolean): PolicyAnswer {
  const cleanRuns = conversation || mode === 'ask-on-findings';
  return cleanRuns && verdict === 'allow' ? 'run' : 'ask';
}
