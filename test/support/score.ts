import type { Language } from '../../src/core/language.ts';
import type { Verdict } from '../../src/core/finding.ts';
import type { Validator } from '../../src/core/ports.ts';
import type { CorpusCase } from './corpus.ts';

/** How a corpus came out: the cases that were judged otherwise than wanted, and a table by family. */
export interface Score {
  readonly total: number;
  readonly wrong: readonly string[];
  readonly table: string;
}

/** Checks every case and compares its verdict with the wanted one. */
export async function scoreCorpus(
  validator: Validator,
  language: Language,
  cases: readonly CorpusCase[],
  wanted: (verdict: Verdict, one: CorpusCase) => boolean,
): Promise<Score> {
  const wrong: string[] = [];
  const families = new Map<string, { right: number; total: number; missed: string[] }>();
  for (const one of cases) {
    const report = await validator.check(language, one.code);
    const family = families.get(one.family) ?? { right: 0, total: 0, missed: [] };
    families.set(one.family, family);
    family.total++;
    if (wanted(report.verdict, one)) {
      family.right++;
      continue;
    }
    const rules = [...new Set(report.findings.map((finding) => finding.rule))].join(' ');
    family.missed.push(one.name);
    wrong.push(
      `${one.family}/${one.name} (${one.about}): ${report.verdict}${rules === '' ? '' : ` by ${rules}`}`,
    );
  }
  return { total: cases.length, wrong, table: tableOf(families) };
}

function tableOf(families: Map<string, { right: number; total: number; missed: string[] }>): string {
  return [...families]
    .map(
      ([name, { right, total, missed }]) =>
        `${name.padEnd(24)}${`${right}/${total}`.padStart(8)}  ${missed.join(' ')}`,
    )
    .join('\n');
}

/** What to print when the score is not perfect. */
export function explain(score: Score): string {
  return `${score.wrong.length} of ${score.total} are wrong\n\n${score.table}\n\n${score.wrong.join('\n')}`;
}
