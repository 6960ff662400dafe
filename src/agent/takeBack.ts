import { HumanMessage, type BaseMessage } from '@langchain/core/messages';

/** What is left when requests are taken back. */
export interface Kept {
  readonly messages: readonly BaseMessage[];
  /** A summary tells of some of them and could not be undone. */
  readonly inSummary: boolean;
}

/**
 * All before the first of these requests that is there: one that failed before the model was asked
 * never came in, and one that became part of a summary can't be taken out of it. A summary goes
 * only when all that it tells of is taken back.
 */
export function withoutRequests(messages: readonly BaseMessage[], requestIds: readonly string[]): Kept {
  const gone = new Set(requestIds);
  const told = messages.flatMap(summarised);
  const inSummary = told.some((id) => gone.has(id));
  if (inSummary && told.every((id) => gone.has(id))) return { messages: [], inSummary: false };
  const cut = messages.findIndex((message) => gone.has(requestOf(message) ?? ''));
  return { messages: cut < 0 ? messages : messages.slice(0, cut), inSummary };
}

/** Ids of the requests in these messages, also of those that an earlier summary tells of. */
export function requestsIn(messages: readonly BaseMessage[]): string[] {
  return messages.flatMap((message) => {
    const id = requestOf(message);
    return id === undefined ? summarised(message) : [...summarised(message), id];
  });
}

function requestOf(message: BaseMessage): string | undefined {
  const id: unknown = HumanMessage.isInstance(message) ? message.additional_kwargs['request'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function summarised(message: BaseMessage): string[] {
  const ids: unknown = message.additional_kwargs['summarised'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
}
