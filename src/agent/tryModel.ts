import type { AIMessage, BaseMessage } from '@langchain/core/messages';
import { createMiddleware } from 'langchain';
import { GloveboxError } from '../core/errors.ts';
import { contextTokens } from './contextTokens.ts';
import { duration, givenUp, modelFailure } from './modelFailure.ts';
import type { ModelFailure } from './modelFailureKinds.ts';
import { withoutImages } from './recentImages.ts';
import type { ReplyStream } from './streamReply.ts';
import type { Spending } from './spending.ts';
import type { Turn } from './turn.ts';
import { allTokens } from './usageOf.ts';
import { wholeReply } from './wholeReply.ts';

export interface TryModelParts {
  readonly reply: ReplyStream;
  readonly turn: Turn;
  readonly endpoint: string;
  readonly model: string;
  /** How many tokens the model can read. */
  readonly windowTokens: number;
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly spending: Spending;
  /** Makes a conversation shorter that is too long for the model; undefined when it can't be. */
  readonly shorten: (messages: readonly BaseMessage[]) => Promise<BaseMessage[] | undefined>;
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
    // Tracked, so that a stopped turn ends when what its reply used is counted.
    wrapModelCall: (request, handler) =>
      parts.turn.track(tries(parts, request.messages, async (messages) => handler({ ...request, messages }))),
  });
}

async function tries(
  parts: TryModelParts,
  given: readonly BaseMessage[],
  ask: (messages: BaseMessage[]) => Promise<AIMessage>,
): Promise<AIMessage> {
  const { turn, reply, spending } = parts;
  turn.round();
  let messages = [...given];
  let shortened = false;
  for (let count = 1; ; count += 1) {
    reply.begin();
    try {
      const message = wholeReply(await ask(messages), turn.emit);
      // A model of the editor does not tell what it read.
      const used = allTokens(reply.usage) || contextTokens([...messages, message]);
      spending.add(reply.usage, { used, window: parts.windowTokens });
      // It is part of the history now, and not of what a stop cuts off.
      reply.begin();
      return message;
    } catch (error) {
      const used = reply.usageSoFar;
      if (turn.signal.aborted || GloveboxError.is(error)) {
        spending.add(used);
        throw error;
      }
      const failure = modelFailure(error, parts.endpoint, parts.model);
      const other = shortened ? undefined : await otherMessages(failure, messages, parts);
      if (other !== undefined) {
        shortened = true;
        messages = other;
        continue;
      }
      const waitMs = failure.retry?.afterMs ?? ownPauseMs(failure, count);
      const tooLong = waitMs > longestPauseMs;
      const ends = failure.retry === undefined || count >= mostTries || tooLong;
      if (!ends && reply.said) turn.emit({ kind: 'retracted' });
      spending.add(used);
      if (ends) throw new ModelError(givenUp(failure, count, tooLong ? waitMs : undefined), error);
      reply.begin();
      const message = noticeOf(failure.retry?.notice ?? '', waitMs, count + 1);
      turn.emit({ kind: 'notice', message, about: 'retry' });
      await parts.pause(waitMs, turn.signal);
    }
  }
}

/** What to ask instead, once, where what is part of the history would fail at every later request too. */
async function otherMessages(
  failure: ModelFailure,
  messages: readonly BaseMessage[],
  { turn, shorten }: TryModelParts,
): Promise<BaseMessage[] | undefined> {
  switch (failure.code) {
    case 'bad-image':
      turn.emit({ kind: 'notice', message: `${failure.message} Trying again without pictures.` });
      return withoutImages(messages);
    case 'too-long':
      return shorten(messages);
    default:
      return undefined;
  }
}

/** A connection is soon tried again; a service that has too much to do gets time. */
function ownPauseMs(failure: ModelFailure, tries: number): number {
  return failure.retry?.busy === true ? 1000 * 4 ** (tries - 1) : 500 * 2 ** (tries - 1);
}

function noticeOf(what: string, waitMs: number, next: number): string {
  const when = waitMs < 1000 ? 'now' : `in ${duration(waitMs)}`;
  return `${what}; trying again ${when} (${next} of ${mostTries}).`;
}
