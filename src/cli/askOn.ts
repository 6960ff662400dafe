import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** What was typed ahead is there at once. */
const aheadMs = 50;

/**
 * Asks a person for one line. While a line is edited the terminal makes no signal of Ctrl-C: it comes
 * as a key, and `interrupt` hears of it. An input that ends (Ctrl-D) is an empty answer. What a person typed
 * before the question was there is no answer to it.
 */
export async function askOn(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  output: NodeJS.WritableStream,
  text: string,
  signal: AbortSignal,
  interrupt: () => void,
): Promise<string> {
  const lines = createInterface({ input, output, terminal: true });
  lines.on('SIGINT', interrupt);
  const ended = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
  try {
    if (input.isTTY === true) {
      await sleep(aheadMs, undefined, { signal });
      lines.write(null, { ctrl: true, name: 'u' });
    }
    return await Promise.race([lines.question(text, { signal }), ended]);
  } finally {
    lines.close();
  }
}
