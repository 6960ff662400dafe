import { AsyncLocalStorage } from 'node:async_hooks';
import { interrupt } from '@langchain/langgraph';
import { isWorse } from '../core/finding.ts';
import type { Approver } from '../core/ports.ts';
import { decisionOf, questionOf, shownTo } from './proposalQuestion.ts';
import type { Turn } from './turn.ts';

/**
 * Asks by interrupting the graph: the first time it throws, and the tool starts again from its top
 * once there is an answer. Nothing with a side effect may come before it.
 *
 * To be made inside the tool, for one proposal and one pass: the snapshot keeps the graph's context,
 * whichever way the pipeline comes here. The graph gives back its answers in the order of the questions, so
 * each pass has to come by all that were asked.
 */
export function interruptingApprover(turn: Turn): Approver {
  const inTask = AsyncLocalStorage.snapshot();
  let answered = 0;
  return {
    hasAnswer: ({ id }) => answered < turn.asked(id),
    decide: async (proposal, report) => {
      for (;;) {
        const value: unknown = inTask(() => interrupt(questionOf(proposal, report, answered)));
        const decision = decisionOf(value);
        turn.heard(proposal.id, decision, answered);
        answered += 1;
        // Other programs of its session may have run since: what an approval could not know of is asked anew.
        const shown = decision.kind === 'run' ? shownTo(value) : undefined;
        if (shown === undefined || !isWorse(report, shown)) return decision;
      }
    },
  };
}
