import type { Finding, Severity } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import type { CheckOptions } from './options.ts';
import type { LineIndex } from './parse/lineIndex.ts';
import type { Parsed } from './parse/tree.ts';
import { ruleOf } from './rules.ts';

/** What a check saw, by offsets; it becomes a finding once severity and place are settled. */
export interface Sighting {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly route: readonly string[];
  /** In place of the rule's own. */
  readonly severity?: Severity;
  /** In place of the rule's own. */
  readonly hint?: string;
}

/** Checks code that a program writes into a file and then runs. */
export interface WrittenCode {
  /** What is seen in it; undefined where it is nested too deeply, or too much, to be looked at. */
  sightingsIn(language: Language, code: string): readonly Sighting[] | undefined;
}

/** A check of one language. It reads the tree and reports; it does not throw for any input. */
export type Check = (parsed: Parsed, options: CheckOptions, written?: WrittenCode) => readonly Sighting[];

/** A check with what it wants to see in the tree. */
export interface LoadedCheck {
  readonly check: Check;
  /** Anonymous node types (keywords, operators) to keep. */
  readonly keep: ReadonlySet<string>;
}

const maxFindings = 200;
const order: Readonly<Record<Severity, number>> = { block: 0, warn: 1, info: 2 };

/** Sorts, merges sightings of one rule at one place, and applies the policy's severities. */
export function toFindings(
  sightings: readonly Sighting[],
  lines: LineIndex,
  options: CheckOptions,
): readonly Finding[] {
  const merged = new Map<string, Finding>();
  for (const sighting of sightings) {
    const rule = ruleOf(sighting.rule);
    const severity = options.severities?.[sighting.rule] ?? sighting.severity ?? rule?.severity ?? 'block';
    if (severity === 'off') continue;
    const key = `${sighting.rule} ${sighting.start} ${sighting.end}`;
    const known = merged.get(key);
    // One way to a place may be worse than another.
    if (known !== undefined && order[known.severity] <= order[severity]) continue;
    const hint = sighting.hint ?? rule?.hint;
    merged.set(key, {
      rule: sighting.rule,
      severity,
      range: lines.range(sighting.start, sighting.end),
      message: sighting.message,
      route: sighting.route,
      ...(hint === undefined ? {} : { hint }),
    });
  }
  const findings = [...merged.values()];
  findings.sort(
    (a, b) =>
      a.range.startLine - b.range.startLine ||
      a.range.startColumn - b.range.startColumn ||
      order[a.severity] - order[b.severity],
  );
  if (findings.length <= maxFindings) return findings;
  // A cut list must not lose the verdict: the worst come first into it.
  return findings.sort((a, b) => order[a.severity] - order[b.severity]).slice(0, maxFindings);
}
