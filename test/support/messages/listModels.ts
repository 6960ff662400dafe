import type { ModelInfo } from '@anthropic-ai/sdk/resources/models.js';

/** The models that the scripted server knows unless it is told otherwise. */
export const scriptedModels: readonly string[] = [
  'claude-sonnet-5-5',
  'claude-opus-5-5',
  'claude-haiku-5-5',
  'claude-sonnet-5',
  'claude-opus-5',
  'claude-sonnet-4-6',
  'claude-sonnet-4-5',
  'claude-haiku-4-5',
];

/** Answers `GET /v1/models` and `GET /v1/models/ID`; undefined for a model that there is not. */
export function listModels(path: string, models: readonly string[]): unknown {
  const infos = models.map(infoOf);
  if (path === '/v1/models')
    return {
      data: infos,
      has_more: false,
      first_id: infos[0]?.id ?? null,
      last_id: infos.at(-1)?.id ?? null,
    };
  return infos.find((info) => path === `/v1/models/${info.id}`);
}

function infoOf(id: string): ModelInfo {
  return {
    id,
    type: 'model',
    display_name: id.replace(
      /(^|-)([a-z])/g,
      (_, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
    ),
    created_at: '2026-01-01T00:00:00Z',
    deprecated_at: null,
    retires_at: null,
    lifecycle: 'active',
    line: null,
    capabilities: null,
    max_input_tokens: 200_000,
    max_tokens: 64_000,
  };
}
