import type { BaseMessage } from '@langchain/core/messages';
import { isReply } from './isReply.ts';

/**
 * The code that a new proposal replaces: the latest `run_code` call before it in this conversation,
 * when the two have enough in common for a diff to help.
 */
export function previousCode(
  messages: readonly BaseMessage[],
  callId: string,
  code: string,
): string | undefined {
  for (const message of messages.toReversed()) {
    if (!isReply(message)) continue;
    for (const call of (message.tool_calls ?? []).toReversed()) {
      if (call.name !== 'run_code' || call.id === callId) continue;
      // Calls of the same reply stand beside each other; they replace nothing.
      if ((message.tool_calls ?? []).some((other) => other.id === callId)) continue;
      const earlier: unknown = call.args['code'];
      return typeof earlier === 'string' && inCommon(earlier, code) >= 0.25 ? earlier : undefined;
    }
  }
  return undefined;
}

function inCommon(before: string, after: string): number {
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const old = new Set(lines(before));
  const fresh = lines(after);
  return fresh.length === 0 ? 0 : fresh.filter((line) => old.has(line)).length / fresh.length;
}
