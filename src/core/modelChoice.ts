/** A model that can be chosen in the settings. */
export interface ModelChoice {
  /** What the setting holds. */
  readonly id: string;
  readonly name: string;
  /** What it can read at once, where that is known. */
  readonly windowTokens?: number;
  /** Worth knowing before it is chosen, e.g. that it goes away soon. */
  readonly note?: string;
}
