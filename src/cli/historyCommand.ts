import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { firstCode, type Decider, type FinalDecision } from '../core/decision.ts';
import { exitStatus } from './exitStatus.ts';
import { historyDelete } from './historyDelete.ts';
import { historyRow } from './historyRow.ts';
import { exactText, plainText } from './plainText.ts';
import { findingText, metricsText } from './runReport.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

const usage =
  'history takes "list", "show ID", or, as the first word after it, "delete" with IDs or --before DATE.';

/** `history list [--text WORDS] [--limit N] [--json]`, `history show ID [--json]` and `history delete`. */
export async function historyCommand(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  if (args[0] === 'delete') return historyDelete(args.slice(1), app, terminal);
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      text: { type: 'string' },
      limit: { type: 'string', default: '50' },
    },
  });
  const [verb = 'list', id, ...more] = positionals;
  if (more.length > 0) throw new UsageError(usage);
  if (verb === 'list' && id === undefined) return list(app, terminal, values);
  if (verb === 'show' && id !== undefined) return show(id, app, terminal, values.json);
  throw new UsageError(usage);
}

interface ListOptions {
  readonly json: boolean;
  readonly text?: string | undefined;
  readonly limit: string;
}

async function list(app: App, terminal: Terminal, options: ListOptions): Promise<number> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError('--limit takes a whole number from 1.');
  const history = await app.history();
  const rows = await history.list({ limit, ...(options.text === undefined ? {} : { text: options.text }) });
  if (options.json) terminal.out(`${JSON.stringify(rows, undefined, 2)}\n`);
  else if (rows.length === 0) terminal.err('No runs yet.\n');
  else terminal.out(rows.map(historyRow).join(''));
  return exitStatus.ok;
}

async function show(id: string, app: App, terminal: Terminal, json: boolean): Promise<number> {
  const record = await (await app.history()).get(id);
  if (record === undefined)
    throw new UsageError(`There is no run ${id} in the history; "history list" names them.`);
  if (json) {
    terminal.out(`${JSON.stringify(record, undefined, 2)}\n`);
    return exitStatus.ok;
  }
  const { decision, result } = record;
  terminal.out(
    `${record.runId}  ${new Date(record.at).toISOString()}  ${plainText(record.title)}\n\n${exactText(record.code)}\n\n`,
  );
  if (record.sessionId !== undefined) terminal.out('in a session that keeps its state\n');
  for (const finding of record.report.findings) terminal.out(findingText(record.title, finding));
  terminal.out(`${decisionText(decision)}\n`);
  const first = firstCode(decision);
  if (first !== undefined) terminal.out(`first proposed:\n${exactText(first)}\n`);
  if (result === undefined) terminal.out('still running\n');
  else {
    const value = result.value === undefined ? '' : `${plainText(result.value)}\n`;
    terminal.out(`\n${plainText(result.stdout)}${plainText(result.stderr)}${value}\n${metricsText(result)}`);
  }
  return exitStatus.ok;
}

const deciderText: Readonly<Record<Decider, string>> = {
  person: 'person',
  conversation: 'person, for all clean code of the conversation',
  policy: 'policy',
};

function decisionText(decision: FinalDecision): string {
  const edited = firstCode(decision) === undefined ? '' : 'edited by a person, ';
  switch (decision.kind) {
    case 'run':
      return `${edited}decided by ${deciderText[decision.by]}${decision.inSpiteOfFindings === true ? ' in spite of the findings' : ''}`;
    case 'reject':
      return `${edited}rejected: ${plainText(decision.reason ?? '')}`;
    case 'unsuited':
      return `nobody was asked: ${plainText(decision.reason)}`;
  }
}
