/** Wrong words on the command line: the message says which, and the door ends with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads the seconds of `--timeout`; undefined where it is not given. */
export function parseTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 3600) {
    throw new UsageError(`--timeout takes seconds from above 0 to 3600, not "${text}".`);
  }
  return Math.ceil(seconds * 1000);
}

const choices = ['auto', 'docker', 'wasm', 'process'] as const;

/** Reads `--sandbox`. */
export function parseSandbox(text: string | undefined): (typeof choices)[number] | undefined {
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`--sandbox takes ${choices.join(', ')}, not "${text}".`);
  return found;
}
