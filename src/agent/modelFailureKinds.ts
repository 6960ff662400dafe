/** Why a request to the model failed, in words for the person, and whether trying again may help. */
export interface ModelFailure {
  readonly code:
    | 'bad-key'
    | 'model-unreachable'
    | 'rate-limited'
    | 'model-overloaded'
    | 'no-model'
    | 'billing'
    | 'too-long'
    | 'bad-image'
    | 'model-refused'
    | 'internal';
  readonly message: string;
  /**
   * `undefined`: no. Otherwise what the notice says before the wait, how long the service asks to wait,
   * and whether it has too much to do, so that a wait of our own is to be a longer one.
   */
  readonly retry?: { readonly notice: string; readonly afterMs?: number; readonly busy?: true };
}

/** Said where nothing but a shorter conversation helps. */
export const tooLong: ModelFailure = {
  code: 'too-long',
  message: 'The conversation is longer than the model can read. Start a new one.',
};
