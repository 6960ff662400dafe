import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import type { Outcome } from '../core/door.ts';
import { exitStatus, exitStatusOf, exitStatusOfFailure } from './exitStatus.ts';
import { HeardAnswer } from './heardAnswer.ts';
import { inputFiles } from './inputFiles.ts';
import { runJson } from './runReport.ts';
import { terminalApprover, type AutoApproval } from './terminalApprover.ts';
import { neverRaw, quietOutput, terminalOutput } from './terminalOutput.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usageError.ts';

/** `ask "REQUEST" [--input PATH]… [--model NAME] [--approve clean|all] [--json]`: the agent in the terminal. */
export async function askCommand(args: readonly string[], app: App, terminal: Terminal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      input: { type: 'string', multiple: true, default: [] },
      approve: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [text, ...more] = positionals;
  if (text === undefined || text.trim() === '' || more.length > 0) {
    throw new UsageError('ask takes one "REQUEST"; put it in quotes.');
  }
  const auto = autoApproval(values.approve);
  const files = await inputFiles(values.input);
  const outcomes: Outcome[] = [];
  const agent = await app.createAgent({
    approver: terminalApprover(terminal, auto),
    output: values.json ? quietOutput(terminal) : terminalOutput(terminal, neverRaw),
    onOutcome: (outcome) => outcomes.push(outcome),
  });
  const heard = new HeardAnswer(terminal, values.json);
  try {
    const request = { threadId: randomUUID(), requestId: randomUUID(), text, files };
    await agent.ask(request, (event) => heard.hear(event), terminal.signal);
  } finally {
    await agent.close();
  }
  if (heard.failure?.code === 'no-model') terminal.err('--model NAME asks another one.\n');
  if (values.json) {
    const runs = outcomes.map(runJson);
    const error = heard.failure === undefined ? {} : { error: heard.failure };
    terminal.out(
      `${JSON.stringify({ text: heard.text, runs, usage: heard.usage, ...error }, undefined, 2)}\n`,
    );
  }
  return statusOf(heard.failure?.code, outcomes, terminal);
}

function autoApproval(text: string | undefined): AutoApproval {
  if (text === undefined || text === 'clean' || text === 'all') return text;
  throw new UsageError(`--approve of ask takes clean or all, not "${text}".`);
}

/** What ended the answer early says how; otherwise the last run decides, as in a script of commands. */
function statusOf(failure: string | undefined, outcomes: readonly Outcome[], terminal: Terminal): number {
  if (terminal.signal.aborted) return exitStatus.interrupted;
  if (failure !== undefined) return exitStatusOfFailure(failure);
  const last = outcomes.at(-1);
  if (last === undefined) return exitStatus.ok;
  return last.decision.kind === 'reject' && last.report.verdict !== 'block'
    ? exitStatus.failed
    : exitStatusOf(last.result.status);
}
