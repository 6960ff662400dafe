import { GraphRecursionError } from '@langchain/langgraph';
import type { AgentEvent } from '../core/agent.ts';
import { GloveboxError } from '../core/errors.ts';
import { ModelError } from './tryModel.ts';

/** The `failed` event for an error, wherever in LangChain's wrappings the telling one is. */
export function failureEvent(error: unknown): Extract<AgentEvent, { kind: 'failed' }> {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof ModelError)
      return { kind: 'failed', code: current.failure.code, message: current.failure.message };
    if (GloveboxError.is(current)) return { kind: 'failed', code: current.code, message: current.message };
    if (current instanceof GraphRecursionError)
      return {
        kind: 'failed',
        code: 'step-limit',
        message:
          'The agent took too many steps for one request. Say more precisely what you want, or ask it to go on.',
      };
    current = current.cause;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'internal', message: `Something went wrong in Glovebox: ${message}` };
}
