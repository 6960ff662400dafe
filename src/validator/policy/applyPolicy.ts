import type { Finding, Report, Severity } from '../../core/finding.ts';
import { verdictOf } from '../../core/finding.ts';
import type { CheckOptions } from '../options.ts';
import { rules } from '../rules.ts';
import type { Policy, SeverityChoice } from './policySchema.ts';
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

/** Gives findings the severity of a policy and drops what it turns off. Pure. */
export function applyPolicy(findings: readonly Finding[], policy: Policy): Finding[] {
  return findings.flatMap((finding) => {
    const severity: SeverityChoice = severityOf(policy, finding.rule);
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}

/** A report as another policy would have given it. */
export function reportUnder(report: Report, policy: Policy): Report {
  const findings = applyPolicy(report.findings, policy);
  return { verdict: verdictOf(findings), findings };
}
