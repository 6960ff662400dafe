/** How many steps one use of a pattern may take at the worst. */
const mostSteps = 200_000;
const longestPattern = 200;

/** A regular expression of the program. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
}

/**
 * The pattern made ready for a text, with the steps that it may take. The programs under test write
 * these: patterns that can run for long, as those with repetitions inside repetitions, are refused.
 */
export function readyPattern(
  { source, flags }: Pattern,
  text: string,
): { readonly pattern: RegExp; readonly steps: number } | undefined {
  const steps = stepsFor(source, text.length + 1);
  if (steps === undefined || steps > mostSteps || !/^[dgimsuy]*$/.test(flags)) return undefined;
  try {
    return { pattern: new RegExp(source, flags), steps };
  } catch {
    return undefined;
  }
}

interface Group {
  /** Something in it can be matched in more than one way. */
  choice: boolean;
}

/** At the worst; undefined for patterns whose work cannot be told from their length. */
function stepsFor(source: string, length: number): number | undefined {
  if (source.length > longestPattern) return undefined;
  const groups: Group[] = [{ choice: false }];
  let closed: Group | undefined;
  let steps = length;
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at);
    const group = groups.at(-1);
    if (group === undefined) return undefined;
    const before = closed;
    closed = undefined;
    if (sign === '\\') {
      at++;
      if (/[1-9k]/.test(source.charAt(at))) return undefined;
    } else if (sign === '[') {
      at = endOfClass(source, at);
    } else if (sign === '(') {
      groups.push({ choice: false });
      if (source.charAt(at + 1) === '?') at++;
    } else if (sign === ')') {
      closed = groups.pop();
      const around = groups.at(-1);
      if (around !== undefined && closed?.choice === true) around.choice = true;
    } else if (sign === '|') {
      group.choice = true;
      steps *= 2;
    } else if (/[*+?{]/.test(sign)) {
      if (before?.choice === true) return undefined;
      group.choice = true;
      steps *= sign === '?' ? 2 : length;
      if (sign === '{') at = Math.max(at, source.indexOf('}', at));
      // What follows only says how eager it is.
      if (/[?+]/.test(source.charAt(at + 1))) at++;
    }
    if (steps > mostSteps) return undefined;
  }
  return steps;
}

function endOfClass(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source.charAt(at) === '\\') at++;
    else if (source.charAt(at) === ']') return at;
  }
  return source.length;
}
