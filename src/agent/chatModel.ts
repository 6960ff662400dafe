import { ChatAnthropic, type ChatAnthropicInput } from '@langchain/anthropic';
import type { AgentModel } from './agentParts.ts';
import { anthropicUrl } from './anthropicUrl.ts';
import { withoutHeaders } from './clientEnvironment.ts';
import { idleFetch } from './idleFetch.ts';
import { modelName } from './modelName.ts';

/**
 * Claude over the Messages API. The endpoint is always named and the key is the only credential, so that
 * no variable of the environment leads requests elsewhere or goes along with them. Nothing is tried again
 * here: the agent does that where it can be seen.
 */
export function chatAnthropic(settings: AgentModel, apiKey: string, idleMs: number): ChatAnthropic {
  const model = new ChatAnthropic(fieldsOf(settings, apiKey, idleMs));
  const { createClient } = model;
  model.createClient = (options) => withoutHeaders(process.env, () => createClient(options));
  return model;
}

function fieldsOf(settings: AgentModel, apiKey: string, idleMs: number): ChatAnthropicInput {
  const thinking = settings.thinking ?? { kind: 'off' };
  const shared = {
    model: settings.model,
    maxTokens: settings.maxTokens,
    apiKey,
    anthropicApiUrl: settings.baseUrl ?? anthropicUrl,
    maxRetries: 0,
    clientOptions: { authToken: null, maxRetries: 0, timeout: idleMs, fetch: idleFetch(idleMs) },
  };
  if (adaptiveOnly(settings.model))
    return thinking.kind === 'off' ? shared : { ...shared, thinking: { type: 'adaptive' } };
  switch (thinking.kind) {
    case 'off':
      return { ...shared, temperature: settings.temperature };
    case 'adaptive':
      return { ...shared, thinking: { type: 'adaptive' } };
    case 'budget': {
      const budget_tokens = Math.max(1024, thinking.tokens);
      return {
        ...shared,
        // The budget counts into the limit of the reply: keep room for the answer.
        maxTokens: Math.max(settings.maxTokens, budget_tokens + 1024),
        thinking: { type: 'enabled', budget_tokens },
      };
    }
  }
}

/** Models that take neither a temperature nor a thinking budget. */
function adaptiveOnly(model: string): boolean {
  return /^claude-(opus-4-[78]|(opus|sonnet|haiku|fable|mythos)-5|mythos-preview)/.test(modelName(model));
}
