/** Faults, as opposed to the expected endings of a run, which are values. */
export type GloveboxErrorCode =
  | 'bad-input'
  | 'no-key'
  | 'bad-key'
  | 'model-unreachable'
  | 'model-refused'
  | 'no-sandbox'
  | 'image-build'
  | 'storage'
  | 'untrusted'
  | 'cancelled'
  | 'elsewhere'
  | 'internal';

/** An error whose message is written for the person who sees it and says what to do. */
export class GloveboxError extends Error {
  override readonly name = 'GloveboxError';
  readonly code: GloveboxErrorCode;

  constructor(code: GloveboxErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** True for a GloveboxError, and of that code where one is named. */
  static is(error: unknown, code?: GloveboxErrorCode): error is GloveboxError {
    return error instanceof GloveboxError && (code === undefined || error.code === code);
  }
}
