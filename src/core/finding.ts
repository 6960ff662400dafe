export const severities = ['block', 'warn', 'info'] as const;
export type Severity = (typeof severities)[number];
export const verdicts = ['allow', 'warn', 'block'] as const;
export type Verdict = (typeof verdicts)[number];

/** Half-open range; lines and columns count from 0, columns in UTF-16 units as editors count them. */
export interface Range {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One thing that the validator wants a person to know before the code runs. */
export interface Finding {
  /** Rule id such as `process.spawn`; the rule's documentation page has the same name. */
  readonly rule: string;
  readonly severity: Severity;
  readonly range: Range;
  /** What is reached, e.g. "starts a child process with subprocess.run". */
  readonly message: string;
  /** By which way it is reached; empty when the code spells it out. */
  readonly route: readonly string[];
  /** What to do instead. */
  readonly hint?: string;
}

export interface Report {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** The verdict is the worst severity found; `info` alone still allows. */
export function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.severity === 'block')) return 'block';
  return findings.some((finding) => finding.severity === 'warn') ? 'warn' : 'allow';
}

const weight: Readonly<Record<Severity | Verdict, number>> = { info: 0, allow: 0, warn: 1, block: 2 };

/**
 * Whether a later check of the same code found what whoever saw the report before could not know of: a worse
 * verdict, or one more finding that blocks or warns.
 */
export function isWorse(now: Report, before: Report): boolean {
  if (weight[now.verdict] > weight[before.verdict]) return true;
  const key = ({ rule, message, range }: Finding): string => JSON.stringify([rule, message, range.startLine]);
  const known = new Map<string, number>();
  for (const finding of before.findings)
    known.set(key(finding), Math.max(weight[finding.severity], known.get(key(finding)) ?? 0));
  return now.findings.some((finding) => weight[finding.severity] > (known.get(key(finding)) ?? 0));
}
