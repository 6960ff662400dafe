import { GloveboxError } from '../../core/errors.ts';
import type { Disposable } from '../../core/lifecycle.ts';

/** The engine took a question and has not answered it. */
export class SilentEngine extends GloveboxError {
  constructor(what: string) {
    super(
      'no-sandbox',
      `The container engine does not ${what} in time. It may hang: look with "docker ps", restart it, and try again.`,
    );
  }
}

/** A signal that is aborted with its reason when the time is over, unless it is disposed of before. */
export interface TimeLimit extends Disposable {
  readonly signal: AbortSignal;
}

/** Gives the engine so long for what is said in a verb: "start a container". */
export function timeLimit(ms: number, what: string): TimeLimit {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new SilentEngine(what)), ms);
  return { signal: controller.signal, dispose: () => clearTimeout(timer) };
}

/** The value of the work, or at once the reason of the signal; the work itself goes on. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  // Nobody may be left who hears of its failure.
  work.catch(() => undefined);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
