import { labelsOf } from '../core/language.ts';
import { alwaysBlocks } from './policy/severityOf.ts';
import type { Rule } from './rules.ts';

const severityWords = {
  block: 'blocks the run',
  warn: 'warns',
  info: 'informs',
} as const;

/** The documentation page of all rules, in Markdown. Each rule has its id as an anchor. */
export function ruleDocs(rules: readonly Rule[]): string {
  const table = rules.map(
    (rule) => `| [\`${rule.id}\`](#${rule.id}) | ${rule.title} | ${severityWord(rule)} |`,
  );
  return [
    '# The rules of the validator',
    '',
    '<!-- Written by scripts/ruleDocs.ts out of the rule table: change the table, not this page. -->',
    '',
    'Glovebox reads code before it runs and tells what the code would reach for. The sandbox is the',
    'boundary; the findings are for the person who decides. Each rule can be set to `block`, `warn`, `info`',
    'or `off` in the settings of the machine, but for those that always block, because without them nothing',
    'else could be relied on; a workspace can only make rules stricter.',
    '',
    'What is `info` is told and is never a reason to ask: code with no other findings counts as clean.',
    '',
    '| Rule | What it finds | By default |',
    '| --- | --- | --- |',
    ...table,
    ...rules.flatMap(ruleSection),
    '',
  ].join('\n');
}

function severityWord({ id, severity }: Rule): string {
  return alwaysBlocks(id) ? 'always blocks' : severityWords[severity];
}

function ruleSection(rule: Rule): string[] {
  const language = rule.languages[0] ?? 'python';
  return [
    '',
    `<a id="${rule.id}"></a>`,
    '',
    `## ${rule.title}`,
    '',
    `\`${rule.id}\` · ${severityWord(rule)} · ${labelsOf(rule.languages, ', ')}`,
    '',
    rule.why,
    '',
    'Found:',
    '',
    ...block(language, rule.bad),
    '',
    `${rule.hint}`,
    '',
    'Not found:',
    '',
    ...block(language, rule.good),
    ...(rule.told === undefined ? [] : ['', rule.told.what, '', ...block(language, rule.told.code)]),
  ];
}

function block(language: string, code: string): string[] {
  // A longer fence than any in the code keeps the code from ending it.
  const ticks = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return [`${ticks}${language}`, ...code.split('\n'), ticks];
}
