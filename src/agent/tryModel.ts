import { isAIMessage, type AIMessage, type BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import type { Usage } from '../core/agent.ts';
import { GloveboxError } from '../core/errors.ts';
import { duration, givenUp, modelFailure, type ModelFailure } from './modelFailure.ts';
import { costUsd } from './pricing.ts';
import { withoutImages } from './recentImages.ts';
import type { ReplyStream } from './streamReply.ts';
import type { Turn } from './turn.ts';
import { wholeReply } from './wholeReply.ts';

export interface TryModelParts {
  readonly reply: ReplyStream;
  readonly turn: Turn;
  readonly endpoint: string;
  readonly model: string;
  /** How many tokens the model can read. */
  readonly windowTokens: number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A failure of the model that the person is told of; the code travels to the `failed` event. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly failure: ModelFailure;

  constructor(failure: ModelFailure, cause: unknown) {
    super(failure.message, { cause });
    this.failure = failure;
  }
}

const mostTries = 4;
/** Longer waits than this are the person's to make. */
const longestPauseMs = 120_000;

/**
 * Calls the model until there is a whole reply. A reply that broke off is taken back on the screen
 * and written anew, so no half tool call is ever run and no text appears twice.
 */
export function tryModel(parts: TryModelParts) {
  return createMiddleware({
    name: 'glovebox-try-model',
    wrapModelCall: async (request, handler) => {
      parts.turn.round();
      let asked = request;
      for (let tries = 1; ; tries += 1) {
        parts.reply.begin();
        try {
          const message = wholeReply(await handler(asked), parts.turn.emit);
          const { usage } = parts.reply;
          const cost = costUsd(usage, parts.model);
          if (cost !== undefined)
            message.response_metadata = { ...message.response_metadata, cost_usd: cost };
          parts.turn.emit({
            kind: 'usage',
            usage: cost === undefined ? usage : { ...usage, costUsd: cost },
            context: { used: allTokens(usage), window: parts.windowTokens },
          });
          return message;
        } catch (error) {
          if (parts.turn.signal.aborted) throw error;
          if (GloveboxError.is(error)) throw error;
          const failure = modelFailure(error, parts.endpoint, parts.model);
          if (failure.code === 'bad-image' && asked === request) {
            // It is part of the history: every later request would fail as this one did.
            asked = { ...request, messages: withoutImages(request.messages) };
            parts.turn.emit({ kind: 'notice', message: `${failure.message} Trying again without pictures.` });
            continue;
          }
          const waitMs = failure.retry?.afterMs ?? ownPauseMs(failure, tries);
          const tooLong = waitMs > longestPauseMs;
          if (failure.retry === undefined || tries === mostTries || tooLong)
            throw new ModelError(givenUp(failure, tries, tooLong ? waitMs : undefined), error);
          if (parts.reply.said) parts.turn.emit({ kind: 'retracted' });
          parts.reply.begin();
          parts.turn.emit({ kind: 'notice', message: noticeOf(failure.retry.notice, waitMs, tries + 1) });
          await parts.pause(waitMs, parts.turn.signal);
        }
      }
    },
  });
}

/** A connection is soon tried again; a service that has too much to do gets time. */
function ownPauseMs(failure: ModelFailure, tries: number): number {
  return failure.retry?.busy === true ? 1000 * 4 ** (tries - 1) : 500 * 2 ** (tries - 1);
}

function allTokens(usage: Usage): number {
  return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens + usage.outputTokens;
}

function noticeOf(what: string, waitMs: number, next: number): string {
  const when = waitMs < 1000 ? 'now' : `in ${duration(waitMs)}`;
  return `${what}; trying again ${when} (${next} of ${mostTries}).`;
}

/** Whether this is a message of the model, whichever copy of LangChain made it. */
export function isReply(message: BaseMessage | undefined): message is AIMessage {
  return message !== undefined && isAIMessage(message);
}
