/** What asking for the API key came to. */
export interface KeyAnswer {
  /** A key was given now. */
  readonly given: boolean;
  /** There is a key, given now or before. */
  readonly there: boolean;
}
