import { maskSecrets } from './secrets.ts';

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
const keyBegin = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;
const keyEnd = /-----END [A-Z ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/**
 * Masks secrets in text that comes in pieces. What can't be a secret goes on at once; of a word that
 * may become one its known beginning is shown, and the rest when the word has ended.
 */
export class SecretStream {
  readonly #secrets: () => readonly string[];
  /** The end of what was shown, with its secrets masked. */
  #context = '';
  #held = '';

  /** `secrets`: those that are known, as they are now. */
  constructor(secrets: () => readonly string[]) {
    this.#secrets = secrets;
  }

  push(piece: string): string {
    const secrets = this.#secrets();
    const text = this.#context + this.#held + piece;
    const from = this.#context.length;
    const hold = Math.max(from, heldFrom(text, secrets));
    this.#held = text.slice(hold);
    return this.#shown(text.slice(0, hold), from, secrets);
  }

  /** What was held back; the text is over. */
  end(): string {
    const text = this.#context + this.#held;
    const from = this.#context.length;
    this.#held = '';
    return this.#shown(text, from, this.#secrets());
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
  const from = Math.min(
    text.length,
    openWord(text),
    openKey(text),
    ...secrets.map((secret) => openSecret(text, secret)),
  );
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

/** A private key that has not ended. */
function openKey(text: string): number {
  const around = Math.max(0, text.length - mostHeld - contextLength);
  const tail = text.slice(around);
  const begin = tail.lastIndexOf('-----BEGIN ');
  const found = begin < 0 ? undefined : keyBegin.exec(tail.slice(begin));
  if (found?.index !== 0 || keyEnd.test(tail.slice(begin))) return text.length;
  return around + begin;
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
