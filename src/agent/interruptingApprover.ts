import { AsyncLocalStorage } from 'node:async_hooks';
import { interrupt } from '@langchain/langgraph';
import type { Decision } from '../core/decision.ts';
import type { Approver } from '../core/ports.ts';
import { decisionOf, questionOf } from './proposalQuestion.ts';

/**
 * Asks by interrupting the graph: the first time it throws, and the tool starts again from its top
 * once there is an answer. Nothing with a side effect may come before it.
 *
 * To be made inside the tool: the snapshot keeps the graph's context, whichever way the pipeline
 * comes here.
 */
export function interruptingApprover(heard: (proposalId: string, decision: Decision) => void): Approver {
  const inTask = AsyncLocalStorage.snapshot();
  return {
    decide: async (proposal, report) => {
      const decision = decisionOf(inTask(() => interrupt(questionOf(proposal, report))));
      heard(proposal.id, decision);
      return decision;
    },
  };
}
