/** The three parts of a counting loop, as they are written. */
export interface CountingLoop {
  readonly start: string;
  readonly condition: string;
  readonly update: string;
  readonly body: string;
}

/**
 * Whether a loop counts away from the number that it waits for: `for (i = 0; i >= 0; i++)`. Only plain
 * numbers are judged, and only a counter that the body leaves alone.
 */
export function countsAway({ start, condition, update, body }: CountingLoop): boolean {
  const [, name, sign, limit] =
    /^\(?\s*([A-Za-z_$][\w$]*)\s*([<>]=?)\s*(-?\d+)\s*;?\)?$/.exec(condition.trim()) ?? [];
  if (name === undefined || sign === undefined) return false;
  const plain = name.replaceAll('$', '\\$');
  const from = new RegExp(`(?:^|[\\s,;])${plain}\\s*=\\s*(-?\\d+)\\s*;?\\s*$`).exec(start.trim())?.[1];
  const step = new RegExp(`^\\(?(?:${plain}\\s*(\\+\\+|--|[-+]=\\s*\\d+)|(\\+\\+|--)\\s*${plain})\\)?$`).exec(
    update.trim(),
  );
  if (from === undefined || step === null) return false;
  const up = (step[1] ?? step[2] ?? '').startsWith('+');
  const first = Number(from);
  const holds = sign.startsWith('>') ? first > Number(limit) : first < Number(limit);
  const holdsFirst = holds || (sign.endsWith('=') && first === Number(limit));
  const given = new RegExp(
    `(?<![\\w$])${plain}\\s*(?:[-+*/%]?=(?!=)|\\+\\+|--)|(?:\\+\\+|--)\\s*${plain}(?![\\w$])`,
  );
  return holdsFirst && up === sign.startsWith('>') && !/[-+]=\s*0+$/.test(update.trim()) && !given.test(body);
}
