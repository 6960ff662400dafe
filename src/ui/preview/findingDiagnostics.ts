import * as vscode from 'vscode';
import type { Finding, Report, Severity } from '../../core/finding.ts';

/** Whose findings they are, as the editor shows it. */
export const findingSource = 'Glovebox';

/** Where a rule is explained; undefined while it has no page. */
export type RulePage = (rule: string) => vscode.Uri | undefined;

/** Findings as the editor shows them: squiggles, problems and a link to the rule. */
export function diagnosticsOf(report: Report, rulePage: RulePage): vscode.Diagnostic[] {
  return report.findings.map((finding) => {
    const diagnostic = new vscode.Diagnostic(rangeOf(finding), textOf(finding), severityOf(finding.severity));
    const target = rulePage(finding.rule);
    diagnostic.source = findingSource;
    diagnostic.code = target === undefined ? finding.rule : { value: finding.rule, target };
    return diagnostic;
  });
}

/** One paragraph: what is reached, by which way, and what to do instead. */
export function textOf(finding: Finding): string {
  const route = finding.route.length === 0 ? '' : ` (${finding.route.join(' → ')})`;
  const hint = finding.hint === undefined ? '' : `\n${finding.hint}`;
  return `${finding.message}${route}${hint}`;
}

function rangeOf({ range }: Finding): vscode.Range {
  return new vscode.Range(range.startLine, range.startColumn, range.endLine, range.endColumn);
}

function severityOf(severity: Severity): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'block':
      return vscode.DiagnosticSeverity.Error;
    case 'warn':
      return vscode.DiagnosticSeverity.Warning;
    case 'info':
      return vscode.DiagnosticSeverity.Information;
  }
}
