import { Anthropic } from '@anthropic-ai/sdk';
import { GloveboxError } from '../core/errors.ts';
import type { ModelChoice } from '../core/modelChoice.ts';
import { anthropicUrl } from './anthropicUrl.ts';
import { withoutHeaders } from './clientEnvironment.ts';
import { modelFailure } from './modelFailure.ts';

const mostModels = 200;

/**
 * The models that the endpoint offers for this key, in its own order.
 *
 * @throws GloveboxError in words for the person.
 */
export async function listModels(
  baseUrl: string | undefined,
  apiKey: string,
): Promise<readonly ModelChoice[]> {
  const endpoint = baseUrl ?? anthropicUrl;
  const client = withoutHeaders(
    process.env,
    () => new Anthropic({ apiKey, authToken: null, baseURL: endpoint, maxRetries: 1, timeout: 10_000 }),
  );
  const found: ModelChoice[] = [];
  try {
    for await (const model of client.models.list({ limit: 100 })) {
      // Gateways may leave out what the type promises.
      const { id, display_name: name, lifecycle, max_input_tokens: window }: Partial<typeof model> = model;
      if (typeof id !== 'string' || lifecycle === 'retired') continue;
      found.push({
        id,
        name: typeof name === 'string' && name !== '' ? name : id,
        ...(typeof window === 'number' && window > 0 ? { windowTokens: window } : {}),
        ...(lifecycle === 'deprecated' ? { note: 'deprecated' } : {}),
      });
      if (found.length === mostModels) break;
    }
  } catch (cause) {
    throw new GloveboxError(
      'model-unreachable',
      modelFailure(cause, endpoint, 'the list of models').message,
      {
        cause,
      },
    );
  }
  return found;
}
