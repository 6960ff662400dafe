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
