import { BaseCallbackHandler, type HandleLLMNewTokenCallbackFields } from '@langchain/core/callbacks/base';
import { AIMessageChunk, type UsageMetadata } from '@langchain/core/messages';
import type { AgentEvent } from '../core/agent.ts';
import { noUsage, type Usage } from '../core/usage.ts';
import { allTokens, usageOf } from './usageOf.ts';

const charactersOfToken = 3.5;

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
  #characters = 0;
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

  /** What a reply has used that came to no end: its output is counted at the end alone, so by its length. */
  get usageSoFar(): Usage {
    if (allTokens(this.#usage) === 0) return noUsage;
    const written = Math.ceil(this.#characters / charactersOfToken);
    return { ...this.#usage, outputTokens: Math.max(this.#usage.outputTokens, written) };
  }

  /** Before each try. */
  begin(): void {
    this.#text = '';
    this.#said = false;
    this.#characters = 0;
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
      this.#characters += block.text.length;
      if (block.kind === 'text') this.#text += block.text;
      this.#emit({ kind: block.kind, delta: block.text });
    }
    for (const call of message.tool_call_chunks ?? []) {
      this.#characters += call.args?.length ?? 0;
      if (call.id === undefined || call.name !== 'run_code') continue;
      this.#said = true;
      this.#emit({ kind: 'drafting', proposalId: call.id });
    }
  }

  #count(metadata: UsageMetadata | undefined): void {
    if (metadata === undefined) return;
    const usage = usageOf(metadata);
    // The first event counts the input; each later count of the output replaces the one before.
    this.#usage = metadata.input_tokens > 0 ? usage : { ...this.#usage, outputTokens: usage.outputTokens };
  }
}

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
