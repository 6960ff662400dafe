/**
 * The plain name of a Claude model. Gateways and clouds put the provider or a region in front, such as
 * `anthropic/claude-…` or `us.anthropic.claude-…`; other names stay as they are.
 */
export function modelName(model: string): string {
  return /(?:^|[./:])(claude-[^/]+)$/.exec(model)?.[1] ?? model;
}
