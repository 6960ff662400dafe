import type { ModelSettings } from './appSettings.ts';
import { GloveboxError } from './core/errors.ts';
import type { ModelChoice } from './core/modelChoice.ts';

/** The endpoint's models, remembered for as long as the endpoint is the same. */
export class ModelList {
  readonly #model: () => ModelSettings;
  readonly #apiKey: () => Promise<string | undefined>;
  readonly #known = new Map<string, readonly ModelChoice[]>();
  readonly #asked = new Set<string>();

  constructor(model: () => ModelSettings, apiKey: () => Promise<string | undefined>) {
    this.#model = model;
    this.#apiKey = apiKey;
  }

  /** Asks the endpoint, every time: the list is live. */
  async list(): Promise<readonly ModelChoice[]> {
    const { baseUrl } = this.#model();
    const key = await this.#apiKey();
    if (key === undefined) throw new GloveboxError('no-key', 'Set an API key to see the models it can use.');
    const { listModels } = await import('./agent/listModels.ts');
    const found = await listModels(baseUrl, key);
    this.#known.set(baseUrl ?? '', found);
    return found;
  }

  /** How much the model can read at once, if that is known by now; if not, it will be soon. */
  windowTokens(): number | undefined {
    const { model, baseUrl } = this.#model();
    const endpoint = baseUrl ?? '';
    if (!this.#asked.has(endpoint)) {
      this.#asked.add(endpoint);
      // A request must not wait for this, and an endpoint without such a list is none the worse: it is
      // asked again with the next one, by when there may be a network or a key.
      this.list().catch(() => this.#asked.delete(endpoint));
    }
    return this.#known.get(endpoint)?.find(({ id }) => id === model)?.windowTokens;
  }
}
