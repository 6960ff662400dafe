import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { RunContext } from './run/context.ts';
import { prepareMachine, type Machine } from './run/machine.ts';
import { selfCheck, type Before } from './run/selfCheck.ts';
import { planned, type Step } from './run/steps.ts';
import type { Need } from './run/suites.ts';
import { failed, requireAll, skipped, sum, summaryLine, type Tally } from './run/tally.ts';
import { endMarked, processIds } from './support/leaks.ts';

// `npm test [-- NAME …]`: everything from fast to slow, or the named steps; one summary line in the end.
const root = path.dirname(import.meta.dirname);
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => interrupt.abort());
}
const log = (message: string): void => console.log(`· ${message}`);

async function runSteps(steps: readonly Step[], context: RunContext, lacks: ReadonlySet<Need>) {
  const tallies: Tally[] = [];
  /** Those that go on beside the others, one after the other. */
  let beside: Promise<unknown> = Promise.resolve();
  let until: string | undefined;
  for (const [at, step] of steps.entries()) {
    if (context.signal.aborted) break;
    if (steps.slice(at + 1).some(({ name }) => name === step.beside)) {
      until = step.beside;
      beside = beside.then(async () => tallies.push(await runLater(step, context, lacks)));
      continue;
    }
    tallies.push(await runStep(step, context, lacks));
    if (step.name === until) await beside;
  }
  await beside;
  return sum(tallies);
}

async function runStep(step: Step, context: RunContext, lacks: ReadonlySet<Need>): Promise<Tally> {
  const lacking = step.needs.some((need) => lacks.has(need));
  context.show(`\n━━ ${step.name}\n`);
  const from = Date.now();
  const tally = lacking ? skipped(...(await step.titles(context))) : await step.run(context);
  context.show(`· ${step.name}: ${((Date.now() - from) / 1000).toFixed(0)} s\n`);
  return tally;
}

/** What it prints is shown when it has ended, so that two reports do not mix. */
async function runLater(step: Step, context: RunContext, lacks: ReadonlySet<Need>): Promise<Tally> {
  const printed: (string | Uint8Array)[] = [];
  const tally = await runStep(step, { ...context, show: (text) => void printed.push(text) }, lacks);
  for (const text of printed) context.show(text);
  return tally;
}

async function main(): Promise<Tally> {
  const steps = await planned(root, process.argv.slice(2));
  const state = await mkdtemp(path.join(os.tmpdir(), 'gbt-'));
  const temporary = path.join(state, 't');
  await mkdir(temporary);
  const mark = `GLOVEBOX_TEST_RUN=${randomUUID()}`;
  const before = { startedAt: new Date(), processIds: await processIds(), mark, temporary, root };
  const machineSteps = steps.filter((step) => step.needs.length > 0);
  const needs = new Set(machineSteps.flatMap((step) => step.needs));
  let preparing: Promise<Machine> | undefined;
  try {
    const context: RunContext = {
      root,
      env: { ...process.env, TMPDIR: temporary, GLOVEBOX_TEST_RUN: mark.split('=')[1] },
      stateFolder: state,
      signal: interrupt.signal,
      show: (text) => void process.stdout.write(text),
      limitMs: 40 * 60_000,
    };
    // Mostly downloads and unpacking: it goes on while the first steps run.
    if (needs.size > 0) preparing = prepareMachine(needs, log);
    const first = await runSteps(
      steps.filter((step) => step.needs.length === 0),
      context,
      new Set(),
    );
    if (preparing === undefined || interrupt.signal.aborted) return first;
    console.log('\n━━ setting up');
    const machine = await preparing;
    for (const line of machine.missing) log(`missing: ${line}`);
    const equipped = { ...context, env: { ...context.env, ...machine.env } };
    const second = await runSteps(machineSteps, equipped, machine.lacks);
    console.log('\n━━ afterwards');
    const checked: Before = { ...before, engineHost: machine.env['DOCKER_HOST'] };
    return sum([first, second, await selfCheck(checked)]);
  } finally {
    await endMarked(mark);
    await (await preparing)?.stop();
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
  }
}

const result = await main().catch((error: unknown) => {
  console.error(error);
  return failed('the test run itself');
});
const interrupted = interrupt.signal.aborted ? failed('the run was interrupted') : undefined;
const raw = interrupted === undefined ? result : sum([result, interrupted]);
const tally = process.env['GLOVEBOX_REQUIRE'] === 'all' ? requireAll(raw) : raw;
console.log('');
for (const title of tally.skipped) console.log(`skipped: ${title}`);
for (const title of tally.failed) console.log(`FAILED: ${title}`);
console.log(summaryLine(tally));
process.exitCode = tally.failed.length === 0 ? 0 : 1;
