import type { AgentEvent } from '../../core/agent.ts';
import { GloveboxError } from '../../core/errors.ts';

/** A fault as the conversation shows it. */
export function failureOf(error: unknown): Extract<AgentEvent, { kind: 'failed' }> {
  if (GloveboxError.is(error)) return { kind: 'failed', code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', code: 'internal', message: `Something went wrong in Glovebox: ${message}` };
}
