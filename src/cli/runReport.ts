import type { Outcome } from '../core/door.ts';
import type { Finding } from '../core/finding.ts';
import type { RunResult } from '../core/run.ts';
import { exactLine, plainText } from './plainText.ts';

/** The object that `run --json` prints, and of which `ask --json` has a list. */
export function runJson(outcome: Outcome) {
  const { result, report } = outcome;
  return {
    runId: result.runId,
    status: result.status,
    exitCode: result.exitCode,
    signal: result.signal,
    verdict: report.verdict,
    findings: report.findings,
    stdout: result.stdout,
    stderr: result.stderr,
    truncated: result.truncated,
    outputBytes: result.outputBytes,
    ...(result.value === undefined ? {} : { value: result.value }),
    artifacts: result.artifacts,
    ...(result.fullOutput === undefined ? {} : { fullOutput: result.fullOutput }),
    notices: result.notices,
    ...(result.missingPackage === undefined ? {} : { missingPackage: result.missingPackage }),
    metrics: result.metrics,
    sandbox: result.sandbox,
    decision: outcome.decision,
    ...(result.message === undefined ? {} : { message: result.message }),
  };
}

/** One finding for the terminal: place, severity, what and by which route, what to do. */
export function findingText(file: string, finding: Finding): string {
  const { startLine, startColumn } = finding.range;
  const lines = [
    `${file}:${startLine + 1}:${startColumn + 1}: ${finding.severity} [${finding.rule}] ${finding.message}`,
  ];
  for (const step of finding.route) lines.push(`    ${step}`);
  if (finding.hint !== undefined) lines.push(`    ${finding.hint}`);
  return lines.map((line) => `${exactLine(line)}\n`).join('');
}

/** The block at the end of a run. */
export function metricsText(result: RunResult): string {
  const { metrics, sandbox } = result;
  const rows: [string, string][] = [
    ['status', result.status],
    ['exit code', String(result.exitCode ?? '–') + (result.signal === null ? '' : ` (${result.signal})`)],
    ['wall time', `${metrics.wallMs.toFixed(1)} ms`],
    ['CPU time', `${metrics.cpuMs.toFixed(1)} ms`],
    ['peak memory', `${(metrics.peakMemoryBytes / 2 ** 20).toFixed(1)} MB`],
    ['queue / start', `${metrics.queueMs.toFixed(1)} / ${metrics.startMs.toFixed(1)} ms`],
    ['sandbox', `${sandbox.backend} (${sandbox.runtime}) ${sandbox.image}`],
  ];
  if (sandbox.reason !== undefined) rows.push(['why there', sandbox.reason]);
  for (const artifact of result.artifacts)
    rows.push(['artifact', `${artifact.path} (${artifact.bytes} bytes)`]);
  for (const file of result.fullOutput ?? []) rows.push([`all of ${file.stream}`, file.path]);
  for (const notice of result.notices) rows.push(['notice', notice]);
  if (result.missingPackage !== undefined)
    rows.push(['to get it', `glovebox packages fetch ${result.missingPackage}`]);
  if (result.status === 'unavailable') rows.push(['another one', '--sandbox NAME chooses the sandbox']);
  if (result.message !== undefined) rows.push(['message', result.message]);
  if (namesSetting([...result.notices, result.message ?? '']))
    rows.push(['to set it', '--settings FILE takes glovebox.* settings here']);
  return rows.map(([name, value]) => `  ${name.padEnd(14)}${indented(plainText(value))}\n`).join('');
}

/** Further lines of a value can't be taken for rows of ours. */
const indented = (text: string): string => text.replaceAll('\n', `\n${' '.repeat(16)}`);

/** What says what to do about a run says it for the editor, too. */
function namesSetting(texts: readonly string[]): boolean {
  return texts.some((text) => /\bglovebox\.[a-z]/.test(text));
}
