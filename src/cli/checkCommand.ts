import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { Report } from '../core/finding.ts';
import { checkStream } from './checkStream.ts';
import { exitStatus } from './exitStatus.ts';
import { languageOf } from './languageOf.ts';
import { plainText } from './plainText.ts';
import { productVersion } from './productVersion.ts';
import { findingText } from './runReport.ts';
import { sourceFiles } from './sourceFiles.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `check FILE… [--json | --sarif]` and `check --stdin-jsonl`; 3 where a file is blocked. */
export async function checkCommand(
  args: readonly string[],
  app: App,
  terminal: Terminal,
  root: string,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      sarif: { type: 'boolean', default: false },
      'stdin-jsonl': { type: 'boolean', default: false },
    },
  });
  if (values['stdin-jsonl']) {
    if (positionals.length > 0) throw new UsageError('check --stdin-jsonl takes no files.');
    await checkStream(app.validator, terminal);
    return exitStatus.ok;
  }
  if (positionals.length === 0)
    throw new UsageError('check takes at least one FILE or folder, or --stdin-jsonl.');
  const reports: { file: string; report: Report }[] = [];
  for await (const file of sourceFiles(positionals)) {
    const language = languageOf(file);
    if (language === undefined || terminal.signal.aborted) continue;
    const report = await app.validator.check(language, await readFile(file, 'utf8'));
    reports.push({ file, report });
    if (!values.json && !values.sarif) print(file, report, terminal);
  }
  if (values.sarif) {
    const { toSarif } = await import('../validator/sarif.ts');
    const product = {
      version: await productVersion(root),
      rulesUrl: pathToFileURL(path.join(root, 'docs', 'rules.md')).href,
    };
    terminal.out(`${JSON.stringify(toSarif(reports, product), undefined, 2)}\n`);
  } else if (values.json) {
    const flat = reports.map(({ file, report }) => ({ file, ...report }));
    terminal.out(`${JSON.stringify(flat, undefined, 2)}\n`);
  }
  return reports.some(({ report }) => report.verdict === 'block') ? exitStatus.blocked : exitStatus.ok;
}

function print(file: string, report: Report, terminal: Terminal): void {
  if (report.findings.length === 0) terminal.out(`${plainText(file)}: clean\n`);
  for (const finding of report.findings) terminal.out(findingText(file, finding));
}
