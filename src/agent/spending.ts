import { AIMessage, HumanMessage, type BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import { AgentStop } from './agentStop.ts';

/** What a conversation has cost so far, also the part of it that a summary replaced. */
export function spentUsd(messages: readonly BaseMessage[]): number {
  return messages.reduce((sum, message) => {
    const kept: Record<string, unknown> = AIMessage.isInstance(message)
      ? message.response_metadata
      : HumanMessage.isInstance(message)
        ? message.additional_kwargs
        : {};
    const cost = kept['cost_usd'];
    return sum + (typeof cost === 'number' ? cost : 0);
  }, 0);
}

/** Ends a conversation that has cost what the person wants to spend on one. */
export function capSpending(capUsd: number | undefined) {
  return createMiddleware({
    name: 'glovebox-cap-spending',
    beforeModel: (state) => {
      if (capUsd === undefined || capUsd <= 0 || spentUsd(state.messages) < capUsd) return undefined;
      throw new AgentStop(
        'spending-limit',
        `This conversation has cost ${capUsd.toFixed(2)} US dollars, which is the limit in the settings. Raise it, or start a new conversation.`,
      );
    },
  });
}
