import { maskSecrets, removedSecret } from './secrets.ts';

/** As much of what was shown is looked at again as a name before a secret can be long. */
const contextLength = 256;
/** What is held back is shown in the end, however long it goes on. */
const mostHeld = 16_384;
/** A known secret shows this much of itself before the rest is held back; so much is common. */
const knownLead = 4;

/**
 * What stands before a secret and gives nothing away, in one expression for all patterns of
 * `maskSecrets`. It may be wider than they are: then a word is shown a moment later, and whole.
 */
const lead = new RegExp(
  [
    String.raw`(?<![A-Za-z0-9])(?:sk-|[sr]k_|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[a-z]-|xapp-|AIza|ya29\.|GOCSPX-|hf_|gsk_|npm_|pypi-|dop_v1_|shp[a-z]{2}_|SG\.|eyJ)`,
    String.raw`(?:[Bb]earer|BEARER)[ \t]{1,8}`,
    String.raw`(?:[Aa]uthorization|AUTHORIZATION)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?[A-Za-z]{3,12}[ \t]{1,8}`,
    String.raw`:\/\/[^\s:/@"']{0,200}:`,
    String.raw`(?:[Pp]ass(?:word|wd|phrase)|PASS(?:WORD|WD|PHRASE)|[Pp]wd|PWD|[Ss]ecret|SECRET|[Kk]ey|KEY|[Tt]oken|TOKEN)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?`,
  ].join('|'),
  'g',
);
const keyBegin = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
/** No end of a key is as long; so much of one is kept, because it may be its beginning. */
const endLength = 80;

/**
 * Masks secrets in text that comes in pieces. What can't be a secret goes on at once; of a word that
 * may become one its known beginning is shown, and the rest when the word has ended. Of a private key
 * nothing is shown but its line ends, however long it is.
 */
export class SecretStream {
  readonly #secrets: () => readonly string[];
  /** The end of what was shown, with its secrets masked. */
  #context = '';
  #held = '';
  /** Within a private key, the end of what came of it. */
  #key: string | undefined;

  /** `secrets`: those that are known, as they are now. */
  constructor(secrets: () => readonly string[]) {
    this.#secrets = secrets;
  }

  push(piece: string): string {
    const secrets = this.#secrets();
    const [before, rest] = this.#passKeys(piece, secrets);
    const text = this.#context + this.#held + rest;
    const from = this.#context.length;
    const hold = Math.max(from, heldFrom(text, secrets));
    this.#held = text.slice(hold);
    return before + this.#shown(text.slice(0, hold), from, secrets);
  }

  /** What was held back; the text is over. */
  end(): string {
    const text = this.#context + this.#held;
    const from = this.#context.length;
    this.#held = '';
    const ofKey = lineEnds(this.#key ?? '');
    this.#key = undefined;
    return ofKey + this.#shown(text, from, this.#secrets());
  }

  /** Passes over the keys that begin and do not end, and the rest of one that has begun; gives what shows of that. */
  #passKeys(piece: string, secrets: readonly string[]): readonly [shown: string, rest: string] {
    let shown = '';
    let rest = piece;
    for (;;) {
      if (this.#key !== undefined) {
        const key: string = this.#key + rest;
        const end = keyEnd.exec(key);
        if (end === null) {
          this.#key = key.slice(-endLength);
          return [shown + lineEnds(key.slice(0, -endLength)), ''];
        }
        shown += lineEnds(key.slice(0, end.index));
        rest = key.slice(end.index + end[0].length);
        this.#key = undefined;
      }
      const text = this.#context + this.#held + rest;
      const begin = openKey(text);
      if (begin === undefined) return [shown, rest];
      const from = this.#context.length;
      // Its first letters may have been shown when it could not be known what they are.
      if (begin.at > from) shown += this.#shown(text.slice(0, begin.at), from, secrets);
      shown += removedSecret;
      rest = text.slice(begin.end);
      this.#context = removedSecret;
      this.#held = '';
      this.#key = '';
    }
  }

  /** What is new in the masked text: a secret that began in what was shown goes on as its mask. */
  #shown(text: string, from: number, secrets: readonly string[]): string {
    const masked = maskSecrets(text, secrets);
    this.#context = masked.slice(-contextLength);
    return masked.slice(Math.min(from, commonLength(text, masked)));
  }
}

/** Where what may still become a secret begins to be one; the length of the text when nothing does. */
function heldFrom(text: string, secrets: readonly string[]): number {
  const from = Math.min(text.length, openWord(text), ...secrets.map((secret) => openSecret(text, secret)));
  return text.length - from > mostHeld ? text.length : from;
}

/** A word at the end, behind what stands before a secret. */
function openWord(text: string): number {
  let start = text.length;
  while (start > 0 && !/[\s"']/.test(text.charAt(start - 1))) start -= 1;
  const around = Math.max(0, start - contextLength);
  for (const found of text.slice(around).matchAll(lead)) {
    const end = around + found.index + found[0].length;
    if (end >= start) return end;
  }
  return text.length;
}

/** The beginning of a private key that has not ended. */
function openKey(text: string): { readonly at: number; readonly end: number } | undefined {
  let ended = 0;
  for (const begin of text.matchAll(keyBegin)) {
    // Of a beginning within a key: it is a part of that.
    if (begin.index < ended) continue;
    const after = begin.index + begin[0].length;
    const end = keyEnd.exec(text.slice(after));
    if (end === null) return { at: begin.index, end: after };
    ended = after + end.index + end[0].length;
  }
  return undefined;
}

/** What shows of masked text: the number of its lines. */
function lineEnds(text: string): string {
  return '\n'.repeat(text.split('\n').length - 1);
}

/** The beginning of a known secret at the very end. */
function openSecret(text: string, secret: string): number {
  for (let length = Math.min(text.length, secret.length - 1); length > knownLead; length -= 1)
    if (text.endsWith(secret.slice(0, length))) return text.length - length + knownLead;
  return text.length;
}

function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}
