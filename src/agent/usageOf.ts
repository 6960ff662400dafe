import type { UsageMetadata } from '@langchain/core/messages';
import { noUsage, type Usage } from '../core/usage.ts';

/** LangChain's count, whose input has cached tokens in it, as ours, which tells them apart. */
export function usageOf(usage: UsageMetadata | undefined): Usage {
  if (usage === undefined) return noUsage;
  const cacheReadTokens = usage.input_token_details?.cache_read ?? 0;
  const cacheWriteTokens = usage.input_token_details?.cache_creation ?? 0;
  const inputTokens = Math.max(0, usage.input_tokens - cacheReadTokens - cacheWriteTokens);
  return { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens: usage.output_tokens };
}

export function allTokens(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
}
