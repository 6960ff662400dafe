import { ChatAnthropic } from '@langchain/anthropic';
import type { AgentModel } from './agentParts.ts';
import { anthropicUrl } from './anthropicUrl.ts';
import { idleFetch } from './idleFetch.ts';

/**
 * Claude over the Messages API. The endpoint is always named, so that no variable of the environment
 * leads requests elsewhere, and nothing is tried again here: the agent does that where it can be seen.
 */
export function chatAnthropic(settings: AgentModel, apiKey: string, idleMs: number): ChatAnthropic {
  const thinking = settings.thinking ?? { kind: 'off' };
  const shared = {
    model: settings.model,
    maxTokens: settings.maxTokens,
    apiKey,
    anthropicApiUrl: settings.baseUrl ?? anthropicUrl,
    maxRetries: 0,
    clientOptions: { maxRetries: 0, timeout: idleMs, fetch: idleFetch(idleMs) },
  };
  if (adaptiveOnly(settings.model)) {
    return new ChatAnthropic(
      thinking.kind === 'off' ? shared : { ...shared, thinking: { type: 'adaptive' } },
    );
  }
  switch (thinking.kind) {
    case 'off':
      return new ChatAnthropic({ ...shared, temperature: settings.temperature });
    case 'adaptive':
      return new ChatAnthropic({ ...shared, thinking: { type: 'adaptive' } });
    case 'budget': {
      const budget_tokens = Math.max(1024, thinking.tokens);
      return new ChatAnthropic({
        ...shared,
        // The budget counts into the limit of the reply: keep room for the answer.
        maxTokens: Math.max(settings.maxTokens, budget_tokens + 1024),
        thinking: { type: 'enabled', budget_tokens },
      });
    }
  }
}

/** Models that take neither a temperature nor a thinking budget. */
function adaptiveOnly(model: string): boolean {
  return /^claude-(opus-4-[78]|(opus|sonnet|haiku|fable|mythos)-5|mythos-preview)/.test(model);
}
