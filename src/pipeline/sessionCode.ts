import type { Language } from '../core/language.ts';

/**
 * What ran in each session so far. The names that it left are there for the next program, so the next
 * check has to know of them.
 */
export class SessionCode {
  readonly #ran = new Map<string, { readonly language: Language; readonly code: string }[]>();

  /** The programs that ran in the session before, in order; none outside of sessions. */
  before(sessionId: string | undefined, language: Language): readonly string[] {
    const ran = sessionId === undefined ? [] : (this.#ran.get(sessionId) ?? []);
    return ran.filter((one) => one.language === language).map(({ code }) => code);
  }

  /** Takes note of a program that is about to run: it may leave names however it ends. */
  starts(sessionId: string | undefined, language: Language, code: string): void {
    if (sessionId === undefined) return;
    const ran = this.#ran.get(sessionId) ?? [];
    ran.push({ language, code });
    this.#ran.set(sessionId, ran);
  }

  /** The session has ended; its next run starts with nothing. */
  ended(sessionId: string): void {
    this.#ran.delete(sessionId);
  }
}
