import { GloveboxError } from '../../core/errors.ts';
import { NeverStarted } from '../runner/runInSandbox.ts';
import { engineStatus } from './removeContainer.ts';

/** True for what a restarted or cleared engine causes before the program has started. */
export function worthAnotherTry(error: unknown): boolean {
  if (error instanceof NeverStarted) return true;
  // Somebody removed the image, or the container before it was started.
  if (engineStatus(error) === 404) return true;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'ENOENT' || code === 'EPIPE';
}

export function isCancelled(error: unknown): boolean {
  return GloveboxError.is(error, 'cancelled') || (error instanceof Error && error.name === 'AbortError');
}

/** For the person: why a run could not be started. */
export function messageOf(error: unknown): string {
  if (error instanceof NeverStarted) {
    return 'The sandbox went away before the program could start. Look whether the container engine runs, and try again.';
  }
  return error instanceof Error ? error.message.trim() : String(error);
}
