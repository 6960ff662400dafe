import type { Finding, Report, Severity } from '../core/finding.ts';
import { rules } from './rules.ts';

/** One checked file. */
export interface CheckedFile {
  /** Path as it should stand in the log, relative with `/` where it can be. */
  readonly file: string;
  readonly report: Report;
}

export interface SarifOptions {
  /** Version of the product. */
  readonly version: string;
  /** Public page of the product. */
  readonly homepage?: string;
  /** Public page of the rules, to which `#rule-id` is added. */
  readonly rulesUrl?: string;
}

const levels: Record<Severity, 'error' | 'warning' | 'note'> = {
  block: 'error',
  warn: 'warning',
  info: 'note',
};

/** The reports as a SARIF 2.1.0 log, for code scanning in CI systems. */
export function toSarif(files: readonly CheckedFile[], options: SarifOptions) {
  const { rulesUrl, homepage = rulesUrl } = options;
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0' as const,
    runs: [
      {
        tool: {
          driver: {
            name: 'Glovebox',
            version: options.version,
            semanticVersion: options.version,
            ...(homepage === undefined ? {} : { informationUri: homepage }),
            rules: rules.map((rule) => ({
              id: rule.id,
              name: rule.title,
              shortDescription: { text: rule.title },
              fullDescription: { text: rule.why },
              help: { text: rule.hint },
              ...(rulesUrl === undefined ? {} : { helpUri: `${rulesUrl}#${rule.id}` }),
              defaultConfiguration: { level: levels[rule.severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits' as const,
        results: files.flatMap(({ file, report }) =>
          report.findings.map((finding) => resultOf(file, finding)),
        ),
      },
    ],
  };
}

function resultOf(file: string, finding: Finding) {
  const { range } = finding;
  const ruleIndex = rules.findIndex((rule) => rule.id === finding.rule);
  const hint = finding.hint === undefined ? [] : [finding.hint];
  return {
    ruleId: finding.rule,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: levels[finding.severity],
    message: { text: [finding.message, ...finding.route, ...hint].join('\n') },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(file) },
          // SARIF counts from 1.
          region: {
            startLine: range.startLine + 1,
            startColumn: range.startColumn + 1,
            endLine: range.endLine + 1,
            endColumn: range.endColumn + 1,
          },
        },
      },
    ],
  };
}

function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return /^[A-Za-z]%3A\//.test(path)
    ? `file:///${path.replace('%3A', ':')}`
    : path.startsWith('/')
      ? `file://${path}`
      : path;
}
