import type { Severity } from '../../core/finding.ts';
import { languages, type Language } from '../../core/language.ts';

/** The columns of a rule table row; `rules.ts` says what each one is for. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly hint: string;
  readonly languages: readonly Language[];
  readonly bad: string;
  readonly good: string;
  readonly told?: { readonly what: string; readonly code: string };
}

export const everywhere: readonly Language[] = languages;
export const scripting: readonly Language[] = ['python', 'javascript', 'typescript'];
export const python: readonly Language[] = ['python'];
