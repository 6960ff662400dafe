/** Places that may be tried in all: each repetition may begin at each character, and so may the match. */
const maxTries = 2_000_000;
/** One item of a pattern: a literal, an escape, a class, or a group that captures. */
const token = /\\[dswDSW]|\\[^\w]|\[\^?\]?(?:\\.|[^\]\\[])*\]|[\w /:=,@#%&~!<>;'"`-]|\.|\^|\$|\((?!\?)|\)/y;
const quantifier = /[+*?](?![+*?])|\{\d{1,3}\}/y;

/**
 * A regular expression that the program spells out, for use on its own constants. The program is hostile,
 * so only patterns are taken that are sure to be matched in no time: no choices, no repeated groups, and
 * no more than two repetitions.
 */
export function linearPattern(source: string, subject: string, flags = ''): RegExp | undefined {
  if (source.length > 200 || subject.length > 1000) return undefined;
  let repeated = 0;
  let before = '';
  for (let at = 0; at < source.length;) {
    token.lastIndex = quantifier.lastIndex = at;
    const repetition = quantifier.exec(source);
    if (repetition && before !== '') {
      if (before === ')' || before === '(' || ++repeated > 2) return undefined;
      at = quantifier.lastIndex;
      before = '';
      continue;
    }
    const item = token.exec(source);
    if (!item) return undefined;
    before = item[0];
    at = token.lastIndex;
  }
  if (subject.length ** (repeated + 1) > maxTries) return undefined;
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** What Python writes in a replacement, as JavaScript reads it. */
export function replacementOf(spelled: string): string {
  return spelled
    .replaceAll('$', '$$$$')
    .replace(/\\(?:g<(\d)>|(\d))/g, (_, a?: string, b?: string) => `$${a ?? b ?? ''}`);
}
