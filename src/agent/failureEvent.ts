import type { AgentEvent } from '../core/agent.ts';
import { GloveboxError } from '../core/errors.ts';
import { AgentStop } from './agentStop.ts';
import { ModelError } from './tryModel.ts';

/** The `failed` event for an error, wherever in LangChain's wrappings the telling one is. */
export function failureEvent(error: unknown): Extract<AgentEvent, { kind: 'failed' }> {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    if (current instanceof ModelError)
      return { kind: 'failed', code: current.failure.code, message: current.failure.message };
    if (current instanceof AgentStop) return { kind: 'failed', code: current.code, message: current.message };
    if (GloveboxError.is(current)) return { kind: 'failed', code: current.code, message: current.message };
    current = current.cause;
  }
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'internal', message: `Something went wrong in Glovebox: ${message}` };
}
