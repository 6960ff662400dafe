import type { Usage } from '../core/usage.ts';
import { modelName } from './modelName.ts';

/** US dollars for a million tokens: input, output, and the share of the input price for cached input. */
interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
}

/** List prices of November 2026, the first that fits; other endpoints may charge otherwise. */
const prices: readonly (readonly [RegExp, Price])[] = [
  [/^claude-(fable|mythos)-5-[12]/, { input: 10, output: 50, cacheRead: 0.025 }],
  [/^claude-(fable|mythos)-5/, { input: 10, output: 50, cacheRead: 0.1 }],
  [/^claude-opus-5-5/, { input: 4, output: 20, cacheRead: 0.05 }],
  [/^claude-opus-(4-[5-8]|5)/, { input: 5, output: 25, cacheRead: 0.1 }],
  [/^claude-sonnet-5-5/, { input: 2, output: 10, cacheRead: 0.05 }],
  [/^claude-sonnet-5/, { input: 2, output: 10, cacheRead: 0.1 }],
  [/^claude-sonnet-4/, { input: 3, output: 15, cacheRead: 0.1 }],
  // The dearer band, for long prompts: an estimate should not be too low.
  [/^claude-haiku-5-5/, { input: 0.5, output: 2.5, cacheRead: 0.1 }],
  [/^claude-haiku-4-5/, { input: 1, output: 5, cacheRead: 0.1 }],
];

/** What a cache entry of five minutes costs against plain input. */
const cacheWrite = 1.25;

/** Whether costs of this model can be told. */
export function isPriced(model: string): boolean {
  return priceOf(model) !== undefined;
}

/** What a reply cost by the price list; undefined for a model that is not on it. */
export function costUsd(usage: Usage, model: string): number | undefined {
  const price = priceOf(model);
  if (price === undefined) return undefined;
  const input =
    usage.inputTokens + usage.cacheWriteTokens * cacheWrite + usage.cacheReadTokens * price.cacheRead;
  return (input * price.input + usage.outputTokens * price.output) / 1_000_000;
}

function priceOf(model: string): Price | undefined {
  const name = modelName(model);
  return prices.find(([pattern]) => pattern.test(name))?.[1];
}
