import { codeFileName, type Language } from '../core/language.ts';

/** A file name for code that has none, made of what it is for: `monthly-sales-totals.py`. */
export function codeTitle(purpose: string, language: Language): string {
  const words = purpose
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const short = words.length <= 40 ? words : words.slice(0, 41).replace(/-[^-]*$/, '');
  return codeFileName(short, language);
}
