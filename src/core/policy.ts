import type { Verdict } from './finding.ts';
import type { Origin } from './proposal.ts';

/** When code may run without asking. Blocked code is never among it. */
export type ApprovalMode = 'always-ask' | 'ask-on-findings' | 'run-clean';

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
 * the whole conversation) says otherwise.
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
  switch (mode) {
    case 'always-ask':
      return conversation && verdict === 'allow' ? 'run' : 'ask';
    case 'ask-on-findings':
    case 'run-clean':
      return verdict === 'allow' ? 'run' : conversation && mode === 'run-clean' ? 'run' : 'ask';
  }
}
