import { createInterface } from 'node:readline/promises';

/** Everything that a command of the terminal door touches outside of itself. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Asks the person; undefined where nobody can answer. */
  readonly question: ((text: string, signal: AbortSignal) => Promise<string>) | undefined;
  readonly stdin: NodeJS.ReadableStream;
  readonly env: NodeJS.ProcessEnv;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The terminal of this process. */
export function processTerminal(signal: AbortSignal): Terminal {
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    question: process.stdin.isTTY ? ask : undefined,
    stdin: process.stdin,
    env: process.env,
    signal,
  };
}

async function ask(text: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(text, { signal });
  } finally {
    lines.close();
  }
}
