import { createInterface } from 'node:readline/promises';

/**
 * Asks a person for one line. While a line is edited the terminal makes no signal of Ctrl-C: it comes
 * as a key, and `interrupt` hears of it. An input that ends (Ctrl-D) is an empty answer.
 */
export async function askOn(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  text: string,
  signal: AbortSignal,
  interrupt: () => void,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  lines.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    return await Promise.race([lines.question(text, { signal }), ended]);
  } finally {
    lines.close();
  }
}
