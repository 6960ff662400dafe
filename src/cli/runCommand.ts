import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { decidedByStarting, type Decision } from '../core/decision.ts';
import type { Approver } from '../core/ports.ts';
import type { Draft } from '../core/proposal.ts';
import { exitStatusOf } from './exitStatus.ts';
import { inputFiles } from './inputFiles.ts';
import { languageOf, unknownEnding } from './languageOf.ts';
import { findingText, runJson } from './runReport.ts';
import type { Terminal } from './terminal.ts';
import { quietOutput, rawWhereUnseen, terminalOutput } from './terminalOutput.ts';
import { parseTimeout, UsageError } from './usageError.ts';

/** A source file larger than this is not a program that a person wrote. */
const MAX_SOURCE_BYTES = 8 * 1024 * 1024;

/** `run FILE [--input PATH]… [--timeout S] [--approve] [--json]`; gives the exit status. */
export async function runCommand(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      input: { type: 'string', multiple: true, default: [] },
      timeout: { type: 'string' },
      approve: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('run takes one FILE.');
  const wallMs = parseTimeout(values.timeout);
  const outcome = await app.runCode(await draftOf(file, values.input), {
    approver: decidedByTyping(values.approve),
    output: values.json ? quietOutput(terminal) : terminalOutput(terminal, rawWhereUnseen(terminal)),
    signal: terminal.signal,
    ...(wallMs === undefined ? {} : { wallMs }),
  });
  if (values.json) terminal.out(`${JSON.stringify(runJson(outcome), undefined, 2)}\n`);
  else for (const finding of outcome.report.findings) terminal.err(findingText(file, finding));
  return exitStatusOf(outcome.result.status);
}

async function draftOf(file: string, inputs: readonly string[]): Promise<Draft> {
  const language = languageOf(file);
  if (language === undefined) throw unknownEnding(file);
  const source = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
    throw new UsageError(`${file} can't be read: ${why}.`);
  });
  if (source.byteLength > MAX_SOURCE_BYTES)
    throw new UsageError(`${file} is larger than 8 MB. Is it a program?`);
  const code = source.toString('utf8');
  if (code.trim() === '') throw new UsageError(`${file} is empty; there is nothing to run.`);
  return {
    id: randomUUID(),
    origin: 'terminal',
    language,
    code,
    purpose: `Run ${path.basename(file)}`,
    title: path.basename(file),
    files: await inputFiles(inputs),
  };
}

/** The person has decided by typing the command; blocked code needs `--approve` as well. */
export function decidedByTyping(approve: boolean): Approver {
  return {
    async decide(proposal, report): Promise<Decision> {
      // Also said of warnings: who typed it had all of them in mind.
      if (approve && report.findings.length > 0)
        return { kind: 'run', hash: proposal.hash, by: 'person', inSpiteOfFindings: true };
      return (
        decidedByStarting(proposal, report) ?? {
          kind: 'reject',
          reason:
            'The validator blocked this code. Read the findings; --approve runs it in the sandbox in spite of them.',
        }
      );
    },
  };
}
