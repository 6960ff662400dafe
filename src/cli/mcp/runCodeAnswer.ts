import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { cleanOutput } from '../../agent/cleanOutput.ts';
import { toolAnswer } from '../../agent/toolAnswer.ts';
import type { Outcome } from '../../core/door.ts';

/** What the client's model reads of a run: the same bounded, marked text as our own agent's. */
export async function runCodeAnswer(outcome: Outcome, secrets: readonly string[]): Promise<CallToolResult> {
  const blocks = await toolAnswer({
    outcome,
    edited: false,
    clean: (text, limit) => cleanOutput(text, limit, secrets),
  });
  return {
    content: blocks.map((block) =>
      block.type === 'text'
        ? block
        : { type: 'image' as const, data: block.source.data, mimeType: block.source.media_type },
    ),
    isError: outcome.result.status !== 'ok',
  };
}
