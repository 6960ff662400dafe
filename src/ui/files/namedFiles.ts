import path from 'node:path';
import { languageTable, type Language } from '../../core/language.ts';

const longestName = 200;
const mostNames = 200;

/** Where texts stand in code, beside those in plain quotes. */
interface Texts {
  /** Passed over, before comments are looked for. */
  readonly passed: RegExp;
  /** Other texts, as the one group. */
  readonly more?: RegExp;
}

const script: Texts = { passed: /\/\*[^]*?(?:\*\/|$)/, more: /`((?:[^`\\$\n]|\\.|\$(?!\{))*)`/ };

const textsOf: Readonly<Record<Language, Texts>> = {
  // Triple quotes, whose text is no name, and would be taken for many short literals.
  python: { passed: /"""(?:[^\\]|\\[^])*?"""|'''(?:[^\\]|\\[^])*?'''/ },
  javascript: script,
  typescript: script,
  // A `#` within a word begins no comment; file names are bare words.
  shell: { passed: /(?<=[^\s;&|(])#/, more: /([^\s'"`;&|<>(){}$=#,\\]+)/ },
};

const quoted = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/;

/**
 * The plain string literals of some code that could be relative file names, in order and once each.
 * A guess by design: only those that exist are offered, and a person sees them before they are read.
 */
export function literalsOf(code: string, language: Language): readonly string[] {
  const found = new Set<string>();
  const { passed, more } = textsOf[language];
  const comment = `${languageTable[language].lineComment}[^\\n]*`;
  const parts = [passed.source, comment, quoted.source, ...(more === undefined ? [] : [more.source])];
  for (const match of code.matchAll(new RegExp(parts.join('|'), 'g'))) {
    const text = (match.slice(1).find((each) => each !== undefined) ?? '').replaceAll('\\\\', '\\');
    if (looksLikeFile(text)) found.add(text);
    if (found.size >= mostNames) break;
  }
  return [...found];
}

function looksLikeFile(text: string): boolean {
  if (text.length === 0 || text.length > longestName) return false;
  if (/[\u0000-\u001f<>|*?{}]|:\/\//.test(text)) return false;
  return /[./\\]|^\w+$/.test(text) && !/^[.\s]+$/.test(text);
}

export type RelativeName =
  | { readonly kind: 'inside'; readonly name: string }
  /** Would lie outside of the folder: absolute, another drive, or above by `..`. */
  | { readonly kind: 'outside' };

/** The name under which the sandbox would know it, normalised and with forward slashes. */
export function relativeName(text: string): RelativeName {
  const slashed = text.replaceAll('\\', '/');
  if (slashed.startsWith('/') || slashed.startsWith('~') || /^[a-z]:/i.test(slashed))
    return { kind: 'outside' };
  const name = path.posix.normalize(slashed);
  if (name === '..' || name.startsWith('../') || name.includes('\0')) return { kind: 'outside' };
  return { kind: 'inside', name };
}
