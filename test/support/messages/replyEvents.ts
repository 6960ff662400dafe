import type { Message, RawMessageStreamEvent, Usage } from '@anthropic-ai/sdk/resources/messages/messages.js';
import type { Cut, Reply, ReplyBlock } from './script.ts';
import { signThinking } from './signThinking.ts';

/** What goes over the wire for one reply: the whole message, and its events in order. */
export interface WrittenReply {
  readonly message: Message;
  readonly events: readonly RawMessageStreamEvent[];
  /** Index of the first event that is not sent any more, when the script cuts the stream. */
  readonly cutAt: number;
}

export function writeReply(reply: Reply, model: string, id: string, inputTokens: number): WrittenReply {
  const usage = usageOf(reply, inputTokens);
  const blocks = reply.blocks.map((block, index) => contentBlock(block, `${id}_${index}`));
  const stopReason =
    reply.stopReason ?? (reply.blocks.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn');
  const message: Message = {
    id,
    type: 'message',
    role: 'assistant',
    model,
    container: null,
    diagnostics: null,
    content: blocks,
    stop_reason: stopReason,
    stop_details: null,
    stop_sequence: null,
    usage,
  };
  const events: RawMessageStreamEvent[] = [
    {
      type: 'message_start',
      message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
    },
  ];
  reply.blocks.forEach((block, index) =>
    events.push(...blockEvents(block, blocks, index, reply.chunk ?? 24)),
  );
  events.push(
    {
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: null, stop_details: null, container: null },
      usage: {
        output_tokens: usage.output_tokens,
        input_tokens: usage.input_tokens,
        cache_creation_input_tokens: usage.cache_creation_input_tokens,
        cache_read_input_tokens: usage.cache_read_input_tokens,
        output_tokens_details: null,
        server_tool_use: null,
      },
    },
    { type: 'message_stop' },
  );
  return { message, events, cutAt: reply.cut === undefined ? events.length : cutIndex(events, reply.cut) };
}

function contentBlock(block: ReplyBlock, id: string): Message['content'][number] {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: block.text, citations: null };
    case 'thinking':
      return { type: 'thinking', thinking: block.thinking, signature: signatureOf(block) };
    case 'redacted_thinking':
      return { type: 'redacted_thinking', data: block.data };
    case 'tool_use':
      return {
        type: 'tool_use',
        id: block.id ?? `toolu_${id}`,
        name: block.name,
        input: 'input' in block ? block.input : {},
        caller: { type: 'direct' },
      };
  }
}

function blockEvents(
  block: ReplyBlock,
  blocks: Message['content'],
  index: number,
  chunk: number,
): RawMessageStreamEvent[] {
  const content = blocks[index];
  if (content === undefined) return [];
  const stop: RawMessageStreamEvent = { type: 'content_block_stop', index };
  const start = (content_block: Message['content'][number]): RawMessageStreamEvent => ({
    type: 'content_block_start',
    index,
    content_block,
  });
  switch (block.type) {
    case 'text':
      return [
        start({ type: 'text', text: '', citations: null }),
        ...pieces(block.text, chunk).map((text) => delta(index, { type: 'text_delta', text })),
        stop,
      ];
    case 'thinking':
      return [
        start({ type: 'thinking', thinking: '', signature: '' }),
        ...pieces(block.thinking, chunk).map((thinking) =>
          delta(index, { type: 'thinking_delta', thinking }),
        ),
        ...(block.unsigned === true
          ? []
          : [delta(index, { type: 'signature_delta', signature: signatureOf(block) })]),
        stop,
      ];
    case 'redacted_thinking':
      return [start(content), stop];
    case 'tool_use': {
      const json = 'rawInput' in block ? block.rawInput : JSON.stringify(block.input);
      return [
        start(content.type === 'tool_use' ? { ...content, input: {} } : content),
        delta(index, { type: 'input_json_delta', partial_json: '' }),
        ...pieces(json, chunk).map((partial_json) =>
          delta(index, { type: 'input_json_delta', partial_json }),
        ),
        stop,
      ];
    }
  }
}

function signatureOf(block: Extract<ReplyBlock, { type: 'thinking' }>): string {
  return block.unsigned === true ? '' : signThinking(block.thinking);
}

type Delta = Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>['delta'];

function delta(index: number, piece: Delta): RawMessageStreamEvent {
  return { type: 'content_block_delta', index, delta: piece };
}

/** Cuts at code points, so that no surrogate pair is split. */
function pieces(text: string, size: number): string[] {
  const points = [...text];
  const out: string[] = [];
  for (let at = 0; at < points.length; at += size) out.push(points.slice(at, at + size).join(''));
  return out;
}

function cutIndex(events: readonly RawMessageStreamEvent[], cut: Cut): number {
  const middle = (kind: Delta['type']): number => {
    const found = events.flatMap((event, index) =>
      event.type === 'content_block_delta' && event.delta.type === kind ? [index] : [],
    );
    return found[Math.ceil(found.length / 2)] ?? events.length - 1;
  };
  switch (cut.at) {
    case 'start':
      return 1;
    case 'mid-text':
      return middle('text_delta');
    case 'mid-thinking':
      return middle('thinking_delta');
    case 'mid-tool':
      return middle('input_json_delta');
    case 'before-stop':
      return events.length - 2;
  }
}

function usageOf(reply: Reply, inputTokens: number): Usage {
  const written = JSON.stringify(reply.blocks).length;
  return {
    input_tokens: reply.usage?.input ?? inputTokens,
    output_tokens: reply.usage?.output ?? Math.ceil(written / 4),
    output_tokens_details: null,
    cache_creation: null,
    cache_creation_input_tokens: reply.usage?.cacheWrite ?? 0,
    cache_read_input_tokens: reply.usage?.cacheRead ?? 0,
    inference_geo: null,
    server_tool_use: null,
    service_tier: 'standard',
    speed: null,
  };
}
