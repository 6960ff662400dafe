import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isBelow } from '../core/below.ts';
import type { App } from '../app.ts';
import type { Report } from '../core/finding.ts';
import type { Language } from '../core/language.ts';
import { checkStream } from './checkStream.ts';
import { exitStatus } from './exitStatus.ts';
import { exactLine } from './plainText.ts';
import { readProduct } from '../readProduct.ts';
import { findingText } from './runReport.ts';
import { sourceFiles, type Source } from './sourceFiles.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/**
 * `check FILE… [--json | --sarif]` and `check --stdin-jsonl`; 3 where a file is blocked, else 2 where one
 * that was named, is a link, or can't be read, was not checked, or nothing of a folder was: a gate must not
 * take that for clean.
 */
export async function checkCommand(
  args: readonly string[],
  app: Pick<App, 'validator'>,
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
    return terminal.signal.aborted ? exitStatus.interrupted : exitStatus.ok;
  }
  if (positionals.length === 0)
    throw new UsageError('check takes at least one FILE or folder, or --stdin-jsonl.');
  const reports: { file: string; report: Report }[] = [];
  let unchecked = false;
  for await (const source of sourceFiles(positionals)) {
    if (terminal.signal.aborted) return exitStatus.interrupted;
    const { file } = source;
    const read = await programOf(source);
    if ('problem' in read) {
      unchecked ||= read.missed;
      terminal.err(`${exactLine(file)}: not checked, ${exactLine(read.problem)}\n`);
      continue;
    }
    const report = await app.validator.check(read.language, read.code);
    reports.push({ file, report });
    if (!values.json && !values.sarif) print(file, report, terminal);
  }
  if (values.sarif) {
    const { toSarif } = await import('../validator/sarif.ts');
    const files = reports.map(({ file, report }) => ({ file: fromHere(file), report }));
    terminal.out(`${JSON.stringify(toSarif(files, await readProduct(root)), undefined, 2)}\n`);
  } else if (values.json) {
    const flat = reports.map(({ file, report }) => ({ file, ...report }));
    terminal.out(`${JSON.stringify(flat, undefined, 2)}\n`);
  }
  if (reports.some(({ report }) => report.verdict === 'block')) return exitStatus.blocked;
  return unchecked ? exitStatus.usage : exitStatus.ok;
}

type Read =
  | { readonly language: Language; readonly code: string }
  /** `missed`: it should have been checked. */
  | { readonly problem: string; readonly missed: boolean };

async function programOf({ file, named, language, problem }: Source): Promise<Read> {
  if (language === undefined) return { problem, missed: named };
  try {
    return { language, code: await readFile(file, 'utf8') };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error), missed: true };
  }
}

/** Relative where it lies below: the log is read on other machines than this. */
function fromHere(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return isBelow(relative) ? relative : file;
}

function print(file: string, report: Report, terminal: Terminal): void {
  if (report.findings.length === 0) terminal.out(`${exactLine(file)}: clean\n`);
  for (const finding of report.findings) terminal.out(findingText(file, finding));
}
