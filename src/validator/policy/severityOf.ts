import type { Severity } from '../../core/finding.ts';
import { ruleOf } from '../rules.ts';
import type { Policy, Preset, SeverityChoice } from './policySchema.ts';

/** Rules that no setting can loosen: without them nothing else could be relied on. */
const fixed = new Set(['syntax', 'syntax.encoding', 'too-complex', 'policy.denied']);

/** What the permissive preset only warns of: trouble that the sandbox contains anyway. */
const contained = new Set([
  'bomb.loop',
  'bomb.memory',
  'bomb.threads',
  'code.template',
  'fs.archive',
  'import.dynamic',
  'internals.dynamic',
  'internals.leak',
  'pickle.load',
]);

const order: Record<SeverityChoice, number> = { off: 0, info: 1, warn: 2, block: 3 };

/** The stricter of two severities. */
export function stricter(a: SeverityChoice, b: SeverityChoice): SeverityChoice {
  return order[a] >= order[b] ? a : b;
}

/** How severe a rule is under a preset alone. */
export function presetSeverity(preset: Preset, rule: string): Severity {
  const own = ruleOf(rule)?.severity ?? 'block';
  switch (preset) {
    case 'strict':
      return 'block';
    case 'balanced':
      return own;
    case 'permissive':
      return contained.has(rule) ? 'warn' : own === 'warn' ? 'info' : own;
  }
}

/** Whether a rule blocks whatever the settings say. */
export function alwaysBlocks(rule: string): boolean {
  return fixed.has(rule);
}

/** How severe a rule is under a policy. */
export function severityOf(policy: Policy, rule: string): SeverityChoice {
  if (alwaysBlocks(rule)) return 'block';
  return policy.severities[rule] ?? presetSeverity(policy.preset, rule);
}
