import type { Severity } from '../../core/finding.ts';
import type { CheckOptions } from '../options.ts';
import { rules } from '../rules.ts';
import type { Policy } from './policySchema.ts';
import { severityOf } from './severityOf.ts';

/** What a policy tells the checks. */
export function checkOptionsOf(policy: Policy): CheckOptions {
  const severities: Record<string, Severity | 'off'> = {};
  // A rule that keeps its own severity is left out, so that a check may be milder at a single place.
  for (const rule of rules) {
    const severity = severityOf(policy, rule.id);
    if (severity !== rule.severity) severities[rule.id] = severity;
  }
  const { allowedModules, allowedCalls, deniedModules, deniedCalls, allowedPaths } = policy;
  return { severities, allowedModules, allowedCalls, deniedModules, deniedCalls, allowedPaths };
}
