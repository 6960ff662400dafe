import type { Readable } from 'node:stream';
import { askOn } from './askOn.ts';

/** Everything that a command of the terminal door touches outside of itself. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether a person looks at them, or they go to a file or pipe. */
  readonly seen: { readonly stdout: boolean; readonly stderr: boolean };
  /** Asks the person; undefined where `nobodyToAsk` holds. Ctrl-C there aborts `signal`. */
  readonly question: ((text: string, signal: AbortSignal) => Promise<string>) | undefined;
  readonly stdin: Readable;
  readonly env: NodeJS.ProcessEnv;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Why there is no `question`: somebody may be there who would not see what is asked, or could not answer. */
export const nobodyToAsk = 'Nobody can be asked here, because stdin and stderr are not both a terminal';

type TerminalProcess = Pick<NodeJS.Process, 'stdin' | 'stdout' | 'stderr' | 'env'>;

/** The terminal of this process. */
export function processTerminal(
  interrupt: AbortController,
  { stdin, stdout, stderr, env }: TerminalProcess = process,
): Terminal {
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    seen: { stdout: stdout.isTTY, stderr: stderr.isTTY },
    // The code that is asked about is shown on stderr: whoever sends that elsewhere would approve unseen.
    question:
      stdin.isTTY && stderr.isTTY
        ? (text, signal) => askOn(stdin, stderr, text, signal, () => interrupt.abort())
        : undefined,
    stdin,
    env,
    signal: interrupt.signal,
  };
}
