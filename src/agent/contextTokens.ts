import { AIMessage, type BaseMessage, type UsageMetadata } from '@langchain/core/messages';

/** Characters of text that make a token, on average and rather too few than too many. */
const perToken = 3.5;
/** What the service counts for an image of usual size. */
const perImage = 1600;

/**
 * How full the model's window is: what the service counted at its last reply, and an estimate of what
 * came after.
 */
export function contextTokens(messages: readonly BaseMessage[]): number {
  const counted = messages.findLastIndex((message) => usageOf(message) !== undefined);
  const known = counted < 0 ? 0 : (usageOf(messages[counted])?.total_tokens ?? 0);
  return known + estimatedTokens(messages.slice(counted + 1));
}

/** How long these messages are by their text alone. */
export function estimatedTokens(messages: readonly BaseMessage[]): number {
  return messages.reduce((sum, message) => sum + estimate(message), 0);
}

function usageOf(message: BaseMessage | undefined): UsageMetadata | undefined {
  return AIMessage.isInstance(message) ? message.usage_metadata : undefined;
}

function estimate(message: BaseMessage): number {
  if (typeof message.content === 'string')
    return Math.ceil((message.content.length + callCharacters(message)) / perToken);
  return message.content.reduce(
    (sum, block) =>
      sum + (block.type === 'image' ? perImage : Math.ceil(JSON.stringify(block).length / perToken)),
    0,
  );
}

/** A model of the editor gives its calls beside its text; the service's own are blocks of the content. */
function callCharacters(message: BaseMessage): number {
  const calls = AIMessage.isInstance(message) ? (message.tool_calls ?? []) : [];
  return calls.reduce((sum, call) => sum + JSON.stringify(call.args).length, 0);
}
