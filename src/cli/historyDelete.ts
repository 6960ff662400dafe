import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { App } from '../app.ts';
import type { History, RunSummary } from '../core/ports.ts';
import { exitStatus } from './exitStatus.ts';
import { historyRow } from './historyRow.ts';
import { nobodyToAsk, type Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

const mostNamed = 10;
const pageSize = 500;

/**
 * `history delete ID… | --before DATE [--yes] [--json]`: runs, and what is kept of them as files. A run that is
 * under way stays: its end would write it anew. Where it was named, that is a failure.
 */
export async function historyDelete(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      before: { type: 'string' },
      yes: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  if ((values.before === undefined) === (positionals.length === 0))
    throw new UsageError('history delete takes the IDs of runs, or --before DATE.');
  const earliest = values.before === undefined ? undefined : startOf(values.before);
  const history = await app.history();
  const all = await allRuns(history);
  const meant = earliest === undefined ? named(all, positionals) : all.filter(({ at }) => at < earliest);
  const runs = meant.filter(({ status }) => status !== 'running');
  const running = meant.filter((run) => !runs.includes(run));
  for (const { runId } of running) terminal.err(`${runId} is still running; it stays.\n`);
  if (runs.length > 0 && !values.yes && !(await agreed(runs, terminal))) {
    if (!terminal.signal.aborted) terminal.err('Nothing was deleted.\n');
    return terminal.signal.aborted ? exitStatus.interrupted : exitStatus.failed;
  }
  const deleted: string[] = [];
  for (const { runId } of runs) {
    if (terminal.signal.aborted) break;
    await history.remove(runId);
    deleted.push(runId);
  }
  if (values.json) terminal.out(`${JSON.stringify({ deleted }, undefined, 2)}\n`);
  else if (deleted.length > 0) terminal.out(`Deleted ${counted(deleted.length)} from the history.\n`);
  else terminal.err('Nothing was deleted.\n');
  if (terminal.signal.aborted) return exitStatus.interrupted;
  // Who named a run counts on its being gone; a day takes what there is.
  return earliest === undefined && running.length > 0 ? exitStatus.failed : exitStatus.ok;
}

/** The list has the days of UTC, so a day begins as it does there. */
function startOf(day: string): number {
  if (!z.iso.date().safeParse(day).success)
    throw new UsageError(`--before takes a day such as 2026-01-31, not "${day}".`);
  return Date.parse(`${day}T00:00:00Z`);
}

async function allRuns(history: History): Promise<readonly RunSummary[]> {
  // A run that begins meanwhile moves the others down, so that some come twice.
  const all = new Map<string, RunSummary>();
  for (let offset = 0; ; offset += pageSize) {
    const page = await history.list({ limit: pageSize, offset });
    for (const run of page) all.set(run.runId, run);
    if (page.length < pageSize) return [...all.values()];
  }
}

/** All of them or none: a mistyped one may stand for another run than those that are found. */
function named(all: readonly RunSummary[], ids: readonly string[]): readonly RunSummary[] {
  const found = all.filter(({ runId }) => ids.includes(runId));
  const absent = ids.filter((id) => !found.some(({ runId }) => runId === id));
  if (absent.length === 0) return found;
  throw new UsageError(
    `There is no run ${absent.join(', ')} in the history, so nothing was deleted; "history list" names them.`,
  );
}

async function agreed(runs: readonly RunSummary[], terminal: Terminal): Promise<boolean> {
  if (terminal.question === undefined)
    throw new UsageError(`${nobodyToAsk}; --yes deletes without a question.`);
  for (const run of runs.slice(0, mostNamed)) terminal.err(historyRow(run));
  if (runs.length > mostNamed) terminal.err(`… and ${runs.length - mostNamed} more\n`);
  const question = `Delete ${counted(runs.length)} from the history? [y/N] `;
  const answer = await terminal.question(question, terminal.signal).catch(() => '');
  return /^y(es)?$/i.test(answer.trim());
}

function counted(runs: number): string {
  return runs === 1 ? 'one run and its files' : `${runs} runs and their files`;
}
