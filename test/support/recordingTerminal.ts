import { Readable } from 'node:stream';
import type { Terminal } from '../../src/cli/terminal.ts';

/** A terminal that remembers what was printed and answers questions from a list. */
export function recordingTerminal(input: { stdin?: string; answers?: string[] } = {}) {
  const printed = { out: '', err: '' };
  const answers = input.answers === undefined ? undefined : [...input.answers];
  const terminal: Terminal = {
    out: (text) => void (printed.out += text),
    err: (text) => void (printed.err += text),
    seen: { stdout: true, stderr: true },
    question: answers === undefined ? undefined : async () => answers.shift() ?? '',
    stdin: Readable.from([input.stdin ?? '']),
    env: {},
    signal: new AbortController().signal,
  };
  return { printed, terminal };
}
