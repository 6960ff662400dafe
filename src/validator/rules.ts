import type { Severity } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import { accessRules } from './rules/accessRules.ts';
import { executionRules } from './rules/executionRules.ts';
import { programRules } from './rules/programRules.ts';

/** One rule as people read it: the settings, the documentation page and the findings share it. */
export interface Rule {
  /** `group.name`; stable, because settings and records name it. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, for somebody who did not write the code. */
  readonly why: string;
  /** What to do instead. */
  readonly hint: string;
  readonly languages: readonly Language[];
  /** Short code that is found, and short code that does the same without it. */
  readonly bad: string;
  readonly good: string;
  /** What a check finds harmless enough to be told as `info` alone, and short code of that kind. */
  readonly told?: { readonly what: string; readonly code: string };
}

/** Every rule of the validator, in the order of the documentation. */
export const rules: readonly Rule[] = [...executionRules, ...accessRules, ...programRules];

const byId = new Map(rules.map((rule) => [rule.id, rule]));

/** The rule of that id; undefined for an id from elsewhere, such as an old record. */
export function ruleOf(id: string): Rule | undefined {
  return byId.get(id);
}
