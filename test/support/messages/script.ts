import type { MessageCreateParams, StopReason } from '@anthropic-ai/sdk/resources/messages/messages.js';

/** One content block of a scripted reply. `rawInput` streams text that need not be valid JSON. */
export type ReplyBlock =
  | { readonly type: 'text'; readonly text: string }
  /** `unsigned`: the reply ends within the thought, before its signature. */
  | { readonly type: 'thinking'; readonly thinking: string; readonly unsigned?: boolean }
  | { readonly type: 'redacted_thinking'; readonly data: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly input: unknown; readonly id?: string }
  | { readonly type: 'tool_use'; readonly name: string; readonly rawInput: string; readonly id?: string };

/** Where a stream breaks off, and how: socket destroyed, body ended, an error event, or silence. */
export interface Cut {
  readonly at: 'start' | 'mid-thinking' | 'mid-text' | 'mid-tool' | 'before-stop';
  readonly how: 'drop' | 'end' | 'error-event' | 'stall';
  /** The status whose error an error event tells; 529 when absent. */
  readonly status?: number;
}

export interface Reply {
  readonly kind: 'reply';
  readonly blocks: readonly ReplyBlock[];
  readonly stopReason?: StopReason;
  /** Characters in one delta. */
  readonly chunk?: number;
  /** Pause before each delta, in milliseconds. */
  readonly delayMs?: number;
  /** Deltas in a second, kept steady; instead of a pause before each. */
  readonly perSecond?: number;
  readonly cut?: Cut;
  readonly usage?: {
    readonly input?: number;
    readonly output?: number;
    readonly cacheRead?: number;
    readonly cacheWrite?: number;
  };
}

export interface Failure {
  readonly kind: 'failure';
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly retryAfterSeconds?: number;
}

/** The request is taken and never answered. */
export interface Hang {
  readonly kind: 'hang';
}

export type Turn = Reply | Failure | Hang;

export interface ScriptedRequest {
  /** The SDK's newest types leave out sampling; older models still take it. */
  readonly body: MessageCreateParams & { readonly temperature?: number };
  /** How many requests for a message came before this one. */
  readonly index: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Turns in order, or a function that answers each request. */
export type Script = readonly Turn[] | ((request: ScriptedRequest) => Turn | Promise<Turn>);

type Options = Omit<Reply, 'kind' | 'blocks'>;

export function reply(blocks: readonly ReplyBlock[], options: Options = {}): Reply {
  return { kind: 'reply', blocks, ...options };
}

export function say(text: string, options: Options = {}): Reply {
  return reply([{ type: 'text', text }], options);
}

/** A reply that says something and calls `run_code`. */
export function runCode(
  text: string,
  input: { code: string; purpose: string; files?: readonly string[]; language?: string },
  options: Options = {},
): Reply {
  return reply(
    [
      { type: 'text', text },
      { type: 'tool_use', name: 'run_code', input: { language: 'python', ...input } },
    ],
    options,
  );
}

export function failure(status: number, message?: string, retryAfterSeconds?: number): Failure {
  const [type, standard] = errorTypes[status] ?? ['api_error', 'Internal server error'];
  return {
    kind: 'failure',
    status,
    type,
    message: message ?? standard,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}

const errorTypes: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'Bad request'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'Your credit balance is too low to access the Anthropic API.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'model: claude-unknown'],
  409: ['conflict_error', 'The request conflicts with another one.'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', 'This request would exceed your rate limit.'],
  500: ['api_error', 'Internal server error'],
  504: ['timeout_error', 'The request timed out'],
  529: ['overloaded_error', 'Overloaded'],
};
