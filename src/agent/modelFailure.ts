import { failureOfEditorModel } from './editorFailure.ts';
import { tooLong, type ModelFailure } from './modelFailureKinds.ts';

/** The stream ended before the reply was whole. */
export class BrokenReply extends Error {
  override readonly name = 'BrokenReply';
}

/** Reads an error of the SDK, of fetch or of LangChain by its shape: each brings its own classes. */
export function modelFailure(error: unknown, endpoint: string, model: string): ModelFailure {
  const errors = [...causes(error)];
  const status =
    errors.map(statusOf).find((found) => found !== undefined) ??
    errors.map(statusOfType).find((found) => found !== undefined);
  const message = detail(errors);
  // The innermost: what LangChain puts around it has its name and not its code.
  const editor = errors.findLast(
    (one) => one.name === 'LanguageModelError' || /^LanguageModelError/.test(one.constructor.name),
  );
  if (editor !== undefined) return failureOfEditorModel(editor, model);
  if (status !== undefined) return byStatus(status, message, endpoint, model, errors);
  const broke = errors.some(
    (one) => one.name === 'BrokenReply' || /terminated|other side closed|premature close/i.test(one.message),
  );
  if (broke)
    return {
      code: 'model-unreachable',
      message: `The connection to ${endpoint} broke in the middle of the reply. Check the network and ask again.`,
      retry: { notice: 'The connection broke in the middle of the reply', afterMs: 0 },
    };
  if (errors.some((one) => isNetwork(one)))
    return {
      code: 'model-unreachable',
      message: `The model at ${endpoint} could not be reached (${message}). Check the network, a proxy, and the base URL in the settings.`,
      retry: { notice: 'The model could not be reached' },
    };
  return { code: 'internal', message: `The request to the model failed: ${message}` };
}

function byStatus(
  status: number,
  message: string,
  endpoint: string,
  model: string,
  errors: readonly Error[],
): ModelFailure {
  switch (status) {
    case 401:
      return {
        code: 'bad-key',
        message: `${endpoint} did not accept the API key. Set a valid key and ask again.`,
      };
    case 403:
      return {
        code: 'bad-key',
        message: `The API key may not do this: ${message}. Use a key with access to ${model}.`,
      };
    case 402:
      return {
        code: 'billing',
        message: `The account of this API key can't pay for the request: ${message}`,
      };
    case 404:
      // A gateway that has no such path answers in the same way as one that has no such model.
      return /model/i.test(message) || message.includes(model)
        ? {
            code: 'no-model',
            message: `${endpoint} does not know the model "${model}". Choose another model in the settings.`,
          }
        : {
            code: 'model-unreachable',
            message: `There is no Messages API at ${endpoint} (404: ${message}). Check the base URL in the settings.`,
          };
    case 413:
      return {
        code: 'too-long',
        message: 'The conversation is too large to send. Start a new one or attach less.',
      };
    case 429:
      return busy('rate-limited', 'The rate limit of the API key is reached', errors);
    case 529:
      return busy('model-overloaded', 'The model is overloaded', errors);
    case 408:
    case 409:
      return busy('model-overloaded', 'The model has trouble answering', errors);
    default:
      if (status >= 500) return busy('model-overloaded', 'The model has trouble answering', errors);
      if (status === 400 && /\bimages?\b/i.test(message))
        return { code: 'bad-image', message: `The model could not read a picture: ${message}.` };
      if (/credit balance|billing/i.test(message))
        return {
          code: 'billing',
          message: `The account of this API key can't pay for the request: ${message}`,
        };
      if (/prompt is too long|context window/i.test(message)) return tooLong;
      return { code: 'model-refused', message: `The model refused the request (${status}): ${message}` };
  }
}

function busy(
  code: 'rate-limited' | 'model-overloaded',
  what: string,
  errors: readonly Error[],
): ModelFailure {
  const afterMs = errors.map(retryAfterMs).find((found) => found !== undefined);
  return {
    code,
    message: `${what}. Wait a little and ask again.`,
    retry: { notice: what, busy: true, ...(afterMs === undefined ? {} : { afterMs }) },
  };
}

/** The same failure when nothing is tried any more: how often it was, or how long to wait. */
export function givenUp(failure: ModelFailure, tries: number, waitMs: number | undefined): ModelFailure {
  if (failure.retry === undefined) return failure;
  if (waitMs !== undefined)
    return {
      ...failure,
      message: `${failure.retry.notice}. The service asks to wait ${duration(waitMs)}; ask again then.`,
    };
  return failure.retry.busy === true
    ? {
        ...failure,
        message: `${failure.retry.notice}, also after ${tries} tries. Wait a little and ask again.`,
      }
    : failure;
}

/** A wait in words for the person. */
export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}

function* causes(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    yield current;
    current = current.cause;
  }
}

function statusOf(error: Error): number | undefined {
  return 'status' in error && typeof error.status === 'number' ? error.status : undefined;
}

/** An error in the middle of a stream has a type and no status. */
const statusOfTypes: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

function statusOfType(error: Error): number | undefined {
  const given: unknown = 'type' in error ? error.type : undefined;
  const type = typeof given === 'string' ? given : /"type"\s*:\s*"(\w+_\w+)"/.exec(error.message)?.[1];
  return type === undefined ? undefined : statusOfTypes[type];
}

function retryAfterMs(error: Error): number | undefined {
  if (!('headers' in error) || !(error.headers instanceof Headers)) return undefined;
  const exact = Number.parseFloat(error.headers.get('retry-after-ms') ?? '');
  if (Number.isFinite(exact)) return Math.max(0, exact);
  const text = error.headers.get('retry-after');
  if (text === null) return undefined;
  const seconds = Number(text);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function isNetwork(error: Error): boolean {
  return (
    /^APIConnection/.test(error.constructor.name) ||
    /fetch failed|connection error|timed out|socket|ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH/i.test(
      `${error.message} ${'code' in error ? String(error.code) : ''}`,
    )
  );
}

/** The innermost message says most; the service's JSON and LangChain's links are left out. */
function detail(errors: readonly Error[]): string {
  const message = errors.at(-1)?.message ?? 'unknown error';
  const inner = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(message)?.[1];
  return (inner ?? message).split('\n')[0]?.slice(0, 300) ?? '';
}
