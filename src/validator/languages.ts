import type { Language } from '../core/language.ts';
import type { Grammar } from './parse/parsers.ts';
import type { LoadedCheck } from './sighting.ts';

export interface LanguageCheck {
  readonly grammar: Grammar;
  /** Loads the check's code and tables on first use. */
  readonly load: () => Promise<LoadedCheck>;
}

export const languageChecks: Readonly<Record<Language, LanguageCheck>> = {
  python: {
    grammar: 'python',
    load: async () => (await import('./python/checkPython.ts')).pythonCheck,
  },
  javascript: {
    grammar: 'javascript',
    load: async () => (await import('./javascript/checkJavascript.ts')).javascriptCheck,
  },
  typescript: {
    grammar: 'typescript',
    load: async () => (await import('./javascript/checkJavascript.ts')).javascriptCheck,
  },
  shell: {
    grammar: 'bash',
    load: async () => (await import('./shell/checkShell.ts')).shellCheck,
  },
};
