import { BaseCallbackHandler, type HandleLLMNewTokenCallbackFields } from '@langchain/core/callbacks/base';
import { AIMessageChunk, type UsageMetadata } from '@langchain/core/messages';
import type { AgentEvent, Usage } from '../core/agent.ts';

/**
 * Hears the reply token by token, in order and at once: LangChain waits for it, so nothing that
 * comes later (a proposal, a run) can overtake a piece of text.
 */
export class ReplyStream extends BaseCallbackHandler {
  readonly name = 'glovebox-reply';
  override awaitHandlers = true;
  /** Makes the model stream although the graph only invokes it. */
  readonly lc_prefer_streaming = true;
  readonly #emit: (event: AgentEvent) => void;
  #text = '';
  #said = false;
  #usage: Usage = noUsage;

  constructor(emit: (event: AgentEvent) => void) {
    super();
    this.#emit = emit;
  }

  /** Whether this try has put anything on the screen. */
  get said(): boolean {
    return this.#said;
  }

  /** The text so far of the reply under way; kept when the person stops it. */
  get text(): string {
    return this.#text;
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** Before each try. */
  begin(): void {
    this.#text = '';
    this.#said = false;
    this.#usage = noUsage;
  }

  override handleLLMNewToken(
    _token: string,
    _index: unknown,
    _runId: string,
    _parentRunId?: string,
    _tags?: string[],
    fields?: HandleLLMNewTokenCallbackFields,
  ): void {
    const chunk = fields?.chunk;
    const message = chunk !== undefined && 'message' in chunk ? chunk.message : undefined;
    if (!AIMessageChunk.isInstance(message)) return;
    this.#count(message.usage_metadata);
    for (const block of pieces(message)) {
      if (block.text === '') continue;
      this.#said = true;
      if (block.kind === 'text') this.#text += block.text;
      this.#emit({ kind: block.kind, delta: block.text });
    }
    for (const call of message.tool_call_chunks ?? []) {
      if (call.id === undefined || call.name !== 'run_code') continue;
      this.#said = true;
      this.#emit({ kind: 'drafting', proposalId: call.id });
    }
  }

  #count(usage: UsageMetadata | undefined): void {
    if (usage === undefined) return;
    const cacheReadTokens = usage.input_token_details?.cache_read ?? 0;
    const cacheWriteTokens = usage.input_token_details?.cache_creation ?? 0;
    const inputTokens = Math.max(0, usage.input_tokens - cacheReadTokens - cacheWriteTokens);
    // The first event counts the input; each later count of the output replaces the one before.
    this.#usage =
      usage.input_tokens > 0
        ? { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens: usage.output_tokens }
        : { ...this.#usage, outputTokens: usage.output_tokens };
  }
}

const noUsage: Usage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };

interface Piece {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
}

function pieces(message: AIMessageChunk): Piece[] {
  if (typeof message.content === 'string') return [{ kind: 'text', text: message.content }];
  return message.content.flatMap((block): Piece[] => {
    if (block.type === 'text' && typeof block['text'] === 'string')
      return [{ kind: 'text', text: block['text'] }];
    if (block.type === 'thinking' && typeof block['thinking'] === 'string')
      return [{ kind: 'thinking', text: block['thinking'] }];
    return [];
  });
}
