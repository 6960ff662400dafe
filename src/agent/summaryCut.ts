import { HumanMessage, ToolMessage, type BaseMessage } from '@langchain/core/messages';
import { estimatedTokens } from './contextTokens.ts';
import { isReply } from './isReply.ts';

/** Where the older part of a conversation ends, and the request that stays although it is older. */
export interface SummaryCut {
  readonly at: number;
  readonly request: readonly BaseMessage[];
}

/**
 * As much as there is room for stays word for word: from the person's last message but one on, or from
 * their last one on, or, where that turn alone fills the window, their request and its latest rounds of
 * calls with their results. `leastTokens`: what has to be gained for one of the latter.
 */
export function summaryCut(
  messages: readonly BaseMessage[],
  mostTokens: number,
  leastTokens: number,
): SummaryCut | undefined {
  const asked = messages.flatMap((message, index) => (HumanMessage.isInstance(message) ? [index] : []));
  const last = asked.at(-1) ?? 0;
  const rounds = messages.flatMap((message, index) =>
    index > last && isReply(message) && ToolMessage.isInstance(messages[index - 1]) ? [index] : [],
  );
  const cuts: SummaryCut[] = [
    ...[asked.at(-2) ?? 0, last].map((at) => ({ at, request: [] })),
    ...rounds.map((at) => ({ at, request: messages.slice(last, last + 1) })),
  ].filter(({ at }, index) => at >= 2 && (index === 0 || gain(messages, at) >= leastTokens));
  return cuts.find(({ at }) => estimatedTokens(messages.slice(at)) <= mostTokens) ?? cuts.at(-1);
}

function gain(messages: readonly BaseMessage[], at: number): number {
  return estimatedTokens(messages.slice(0, at));
}
