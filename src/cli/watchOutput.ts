/**
 * Ends the command when its output can't be written any more; gives what to ask for the reason once it has
 * ended. A reader that went away (`| head`) is no reason: it has had what it wanted.
 */
export function watchOutput(
  stdout: NodeJS.WritableStream,
  interrupt: () => void,
): () => Promise<string | undefined> {
  let first: NodeJS.ErrnoException | undefined;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    first ??= error;
    interrupt();
  });
  return async () => {
    // What was written last is heard of a moment later.
    await new Promise<void>((resolve) => stdout.write('', () => setImmediate(resolve)));
    return first === undefined || first.code === 'EPIPE' ? undefined : first.message;
  };
}
