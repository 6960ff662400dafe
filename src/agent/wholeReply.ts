import { AIMessage } from '@langchain/core/messages';
import type { AgentEvent } from '../core/agent.ts';
import { BrokenReply } from './modelFailure.ts';

/**
 * The reply as the history may keep it, or a BrokenReply when the stream ended too early.
 *
 * Half a tool call parses as a shorter whole one, so the stop reason decides: without one the stream
 * was cut; at the token limit the calls are taken out; arguments that are no JSON become an empty
 * call, which the tool answers with what was wrong.
 */
export function wholeReply(message: AIMessage, emit: (event: AgentEvent) => void): AIMessage {
  const stop = stopReason(message);
  if (isAnthropic(message) && stop === undefined)
    throw new BrokenReply('The reply ended without a stop reason.');
  switch (stop) {
    case 'max_tokens':
    case 'model_context_window_exceeded':
      emit({
        kind: 'notice',
        message:
          stop === 'max_tokens'
            ? 'The reply reached the limit of tokens and was cut. Raise "max tokens" in the settings for longer ones.'
            : 'The conversation fills all that the model can read. Start a new one.',
      });
      return withoutCalls(message);
    case 'refusal':
      emit({ kind: 'notice', message: 'The model declined to go on with this request.' });
      return withoutCalls(message);
    default:
      return withParsedCalls(message);
  }
}

function stopReason(message: AIMessage): string | undefined {
  const reason: unknown =
    message.additional_kwargs['stop_reason'] ??
    (message.response_metadata as Record<string, unknown>)['stop_reason'];
  return typeof reason === 'string' ? reason : undefined;
}

function isAnthropic(message: AIMessage): boolean {
  return (message.response_metadata as Record<string, unknown>)['model_provider'] === 'anthropic';
}

type Block = Exclude<AIMessage['content'], string>[number];

function withoutCalls(message: AIMessage): AIMessage {
  const blocks: Block[] =
    typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
  const kept = blocks
    .filter((block) => block.type !== 'tool_use' && block.type !== 'input_json_delta')
    .filter((block) => isWhole(block));
  return copy(message, speaking(kept, '(The reply was cut off.)'), []);
}

function withParsedCalls(message: AIMessage): AIMessage {
  const broken = message.invalid_tool_calls ?? [];
  const calls = [
    ...(message.tool_calls ?? []),
    ...broken.flatMap((call) =>
      call.id === undefined || call.name === undefined
        ? []
        : [{ type: 'tool_call' as const, id: call.id, name: call.name, args: {} }],
    ),
  ];
  if (typeof message.content === 'string') return copy(message, message.content, calls);
  const blocks = message.content
    .filter((block) => block.type !== 'input_json_delta')
    .filter((block) => isWhole(block))
    .map((block): Block => {
      if (block.type !== 'tool_use') return block;
      const call = calls.find((other) => other.id === block['id']);
      return { type: 'tool_use', id: String(block['id']), name: block['name'], input: call?.args ?? {} };
    });
  return copy(message, speaking(blocks, '(No answer.)'), calls);
}

/** The service takes back neither blank text nor a thought that was cut before its signature. */
function isWhole(block: Block): boolean {
  switch (block.type) {
    case 'text':
      return String(block['text']).trim() !== '';
    case 'thinking':
      return typeof block['signature'] === 'string' && block['signature'] !== '';
    default:
      return true;
  }
}

/** With a word where there are thoughts alone: a message that ends with one is refused. */
function speaking(blocks: readonly Block[], word: string): Block[] {
  const last = blocks.at(-1)?.type;
  const silent = last === undefined || last === 'thinking' || last === 'redacted_thinking';
  return silent ? [...blocks, { type: 'text', text: word }] : [...blocks];
}

/** A plain message: chunks would carry the raw pieces of the stream into the history. */
function copy(
  message: AIMessage,
  content: AIMessage['content'],
  calls: NonNullable<AIMessage['tool_calls']>,
): AIMessage {
  return new AIMessage({
    content,
    tool_calls: calls,
    response_metadata: message.response_metadata,
    ...(message.id === undefined ? {} : { id: message.id }),
    ...(message.usage_metadata === undefined ? {} : { usage_metadata: message.usage_metadata }),
  });
}
